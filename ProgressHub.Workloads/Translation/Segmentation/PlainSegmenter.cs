using System.Text.RegularExpressions;

namespace ProgressHub.Workloads.Translation.Segmentation;

/// <summary>
/// Plain text: paragraphs between blank lines. A paragraph whose lines were broken to a width is one piece, so that a
/// sentence is not cut in two; in any other each line is a piece of its own, so that lists, verses and addresses keep
/// their lines.
/// </summary>
internal static partial class PlainSegmenter
{
    private const int WrappedWidth = 45;

    public static IReadOnlyList<Piece> Segment(string text)
    {
        var pieces = new PieceList(text);
        List<TextLine> paragraph = [];
        foreach (var line in TextLines.Of(text))
        {
            if (!line.IsBlank(text))
            {
                paragraph.Add(line);
                continue;
            }

            Close(text, paragraph, pieces);
        }

        Close(text, paragraph, pieces);
        return pieces.Build();
    }

    private static void Close(string text, List<TextLine> paragraph, PieceList pieces)
    {
        if (paragraph.Count == 0)
            return;
        pieces.StartBlock(paragraph[0].Content.Start);
        if (IsWrapped(text, paragraph) || HoldsMessage(text, paragraph))
        {
            pieces.Translate(new Span(paragraph[0].Content.Start, paragraph[^1].Content.End));
        }
        else
        {
            foreach (var line in paragraph)
            {
                pieces.StartBlock(line.Content.Start);
                var bullet = Bullet().EnumerateMatches(line.Content.Of(text));
                var skip = bullet.MoveNext() ? bullet.Current.Length : 0;
                pieces.Translate(new Span(line.Content.Start + skip, line.Content.End));
            }
        }

        paragraph.Clear();
    }

    // A message that chooses among texts is often laid out over several lines, and is nothing without any of them.
    private static bool HoldsMessage(string text, List<TextLine> paragraph) =>
        paragraph.Count > 1 && IcuSyntax.Find(text, new Span(paragraph[0].Content.Start, paragraph[^1].Content.End)).Count > 0
        && paragraph[..^1].Any(line => line.Content.Of(text).Count('{') != line.Content.Of(text).Count('}'));

    private static bool IsWrapped(string text, List<TextLine> paragraph)
    {
        if (paragraph.Count == 1)
            return false;
        for (var i = 0; i < paragraph.Count; i++)
        {
            var content = paragraph[i].Content;
            if (i > 0 && (char.IsWhiteSpace(text[content.Start]) || Bullet().IsMatch(content.Of(text))))
                return false;
            if (i < paragraph.Count - 1 && content.Length < WrappedWidth)
                return false;
        }

        return true;
    }

    [GeneratedRegex(@"^\s*(?:[-*+•–—]|[0-9]{1,4}[.)])\s+")]
    private static partial Regex Bullet();
}

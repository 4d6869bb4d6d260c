using System.Text.RegularExpressions;

namespace ProgressHub.Core.Workloads.Translation.Segmentation;

/// <summary>
/// SubRip subtitles. A line with two timestamps begins a cue whose text runs to the next blank line; everything else,
/// numbers, timestamps, settings and whatever is not a cue at all, stays as it is.
/// </summary>
internal static partial class SrtSegmenter
{
    public static IReadOnlyList<Piece> Segment(string text)
    {
        var pieces = new PieceList(text);
        var lines = TextLines.Of(text);
        for (var i = 0; i < lines.Count; i++)
        {
            if (!IsTiming(text, lines[i]))
                continue;
            var numbered = i > 0 && IsNumber(text, lines[i - 1]);
            pieces.StartBlock(lines[numbered ? i - 1 : i].Content.Start);

            var first = i + 1;
            var end = first;
            while (end < lines.Count && !lines[end].IsBlank(text) && !BeginsCue(text, lines, end))
                end++;
            AddText(text, lines, first, end, pieces);
            i = end - 1;
        }

        return pieces.Build();
    }

    private static void AddText(string text, List<TextLine> lines, int first, int end, PieceList pieces)
    {
        // Where two people speak, each line is somebody's.
        var dialogue = end - first > 1 && Enumerable.Range(first, end - first).Any(i => Dash().IsMatch(lines[i].Content.Of(text)));
        if (!dialogue && end > first)
        {
            pieces.Translate(new Span(lines[first].Content.Start, lines[end - 1].Content.End));
            return;
        }

        for (var i = first; i < end; i++)
        {
            var dash = Dash().EnumerateMatches(lines[i].Content.Of(text));
            var skip = dash.MoveNext() ? dash.Current.Length : 0;
            pieces.Translate(new Span(lines[i].Content.Start + skip, lines[i].Content.End));
        }
    }

    private static bool BeginsCue(string text, List<TextLine> lines, int index) =>
        IsTiming(text, lines[index])
        || (index + 1 < lines.Count && IsNumber(text, lines[index]) && IsTiming(text, lines[index + 1]));

    private static bool IsTiming(string text, TextLine line) => Timing().IsMatch(line.Content.Of(text));

    private static bool IsNumber(string text, TextLine line) => Number().IsMatch(line.Content.Of(text));

    [GeneratedRegex(@"^\s*[0-9]{1,3}:[0-9]{2}:[0-9]{2}[,.][0-9]{1,3}\s*-->\s*[0-9]{1,3}:[0-9]{2}:[0-9]{2}[,.][0-9]{1,3}(?:\s|$)")]
    private static partial Regex Timing();

    [GeneratedRegex(@"^[\s\uFEFF]*[0-9]{1,9}\s*$")]
    private static partial Regex Number();

    [GeneratedRegex(@"^\s*[-–—]\s*")]
    private static partial Regex Dash();
}

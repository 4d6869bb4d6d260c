using System.Text.RegularExpressions;

namespace ProgressHub.Workloads.Translation.Segmentation;

/// <summary>What is said in a cue of subtitles.</summary>
internal static partial class CueText
{
    /// <summary>Notes some lines of a cue for translation: as one sentence, or by line where two people speak.</summary>
    public static void Add(string text, List<TextLine> lines, int first, int end, PieceList pieces)
    {
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

    [GeneratedRegex(@"^\s*[-–—]\s*")]
    private static partial Regex Dash();
}

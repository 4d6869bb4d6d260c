using System.Text.RegularExpressions;

namespace ProgressHub.Workloads.Translation.Segmentation;

/// <summary>
/// WebVTT (W3C, https://www.w3.org/TR/webvtt1/): the text of cues is translated; the header, remarks, styles, regions,
/// names, times and settings stay as they are, and so do voices, classes and times within the text.
/// </summary>
internal static partial class VttSegmenter
{
    private static readonly string[] OtherBlocks = ["NOTE", "STYLE", "REGION", "WEBVTT"];

    public static IReadOnlyList<Piece> Segment(string text)
    {
        var pieces = new PieceList(text);
        var lines = TextLines.Of(text);
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].IsBlank(text))
                continue;
            var end = EndOfBlock(text, lines, i);
            if (!IsOtherBlock(text, lines[i]))
                AddCues(text, lines, i, end, pieces);
            i = end;
        }

        return pieces.Build();
    }

    // A line with an arrow begins another cue, also where the blank line before it was forgotten.
    private static void AddCues(string text, List<TextLine> lines, int first, int end, PieceList pieces)
    {
        var timing = first;
        while (timing < end && !IsTiming(text, lines[timing]))
            timing++;
        if (timing < end)
            pieces.StartBlock(lines[first].Content.Start);
        while (timing < end)
        {
            var next = timing + 1;
            while (next < end && !IsTiming(text, lines[next]))
                next++;
            CueText.Add(text, lines, timing + 1, next, pieces);
            timing = next;
        }
    }

    private static int EndOfBlock(string text, List<TextLine> lines, int first)
    {
        var end = first;
        while (end < lines.Count && !lines[end].IsBlank(text))
            end++;
        return end;
    }

    private static bool IsOtherBlock(string text, TextLine line)
    {
        var content = line.Content.Of(text).TrimStart('\uFEFF');
        foreach (var name in OtherBlocks)
        {
            if (content.StartsWith(name, StringComparison.Ordinal) && (content.Length == name.Length || content[name.Length] is ' ' or '\t'))
                return true;
        }

        return false;
    }

    private static bool IsTiming(string text, TextLine line) => Timing().IsMatch(line.Content.Of(text));

    [GeneratedRegex(@"^\s*(?:\d{1,6}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,9})?\s*-->\s*(?:\d{1,6}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,9})?(?:\s|$)")]
    private static partial Regex Timing();
}

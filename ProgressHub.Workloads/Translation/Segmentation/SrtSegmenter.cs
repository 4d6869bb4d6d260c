using System.Text.RegularExpressions;

namespace ProgressHub.Workloads.Translation.Segmentation;

/// <summary>
/// SubRip subtitles, as programs and people really write them. A line with two times begins a cue whose text runs to the
/// next cue, over blank lines too; numbers, times and settings stay as they are. Times may lack their milliseconds or their
/// hours or be seconds alone, be below zero or above 99 hours, count frames, have any number of digits, and letters that a
/// scanner took for digits; the cue's number may stand before them.
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
            i = AddCue(text, lines, i + 1, pieces) - 1;
        }

        return pieces.Build();
    }

    /// <summary>Notes each run of lines of a cue; returns where the next cue begins.</summary>
    private static int AddCue(string text, List<TextLine> lines, int first, PieceList pieces)
    {
        var position = first;
        while (position < lines.Count && !EndsCue(text, lines, position))
        {
            if (lines[position].IsBlank(text))
            {
                position++;
                continue;
            }

            var end = position;
            while (end < lines.Count && !lines[end].IsBlank(text) && !EndsCue(text, lines, end))
                end++;
            CueText.Add(text, lines, position, end, pieces);
            position = end;
        }

        return position;
    }

    // A line that was meant to be times and is not: what follows it is no part of the cue before.
    private static bool EndsCue(string text, List<TextLine> lines, int index) =>
        BeginsCue(text, lines, index) || BrokenTiming().IsMatch(lines[index].Content.Of(text));

    private static bool BeginsCue(string text, List<TextLine> lines, int index) =>
        IsTiming(text, lines[index])
        || (index + 1 < lines.Count && IsNumber(text, lines[index]) && IsTiming(text, lines[index + 1]));

    private static bool IsTiming(string text, TextLine line) => Timing().IsMatch(line.Content.Of(text));

    private static bool IsNumber(string text, TextLine line) => Number().IsMatch(line.Content.Of(text));

    [GeneratedRegex(
        """
        ^[\s\uFEFF]* (?:\#?\d{1,9}[.:)]?\s+)?
        -?[\dOoIl]{1,6} (?: (?:\s?[:：.]\s?-?[\dOoIl]{1,2}){1,2}(?:\s?[,.:;：，]\s?-?[\dOoIl]{1,9})? | ,\d{1,3} ) \s*
        (?: [-–—]{1,3}\s?[>＞] | → ) \s*
        -?[\dOoIl]{1,6} (?: (?:\s?[:：.]\s?-?[\dOoIl]{1,2}){1,2}(?:\s?[,.:;：，]\s?-?[\dOoIl]{1,9})? | ,\d{1,3} ) (?:\s|$)
        """,
        RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Timing();

    [GeneratedRegex(@"^\s*-?\d[\d:.,\s]{0,40}-->")]
    private static partial Regex BrokenTiming();

    [GeneratedRegex(@"^[\s\uFEFF]*\d{1,9}\s*$")]
    private static partial Regex Number();
}

using System.Buffers;

namespace ProgressHub.Workloads.TextFiles;

/// <summary>
/// What a Markdown parser is given: its time grows with the square of the brackets of a paragraph, of the definitions of
/// links, and of the depth of quotes, and its memory with the columns of a table times its rows, however short these are. No
/// text that somebody wrote comes near these bounds.
/// </summary>
internal static class MarkdownBounds
{
    private const int MaxMarks = 2_000;
    private const int MaxDefinitions = 5_000;
    private const int MaxCells = 100_000;
    private static readonly SearchValues<char> Marks = SearchValues.Create("[]*_`<~^");

    /// <summary>Whether a parser may be given a text; one look at each character.</summary>
    public static bool Fit(ReadOnlySpan<char> text)
    {
        var (marks, definitions, bars, rows) = (0, 0, 0, 0L);
        while (!text.IsEmpty)
        {
            var line = NextLine(ref text);
            if (line.IsWhiteSpace())
            {
                (marks, bars, rows) = (0, 0, 0);
                continue;
            }

            rows++;
            bars = Math.Max(bars, line.Count('|'));
            marks += CountMarks(line);
            definitions += line.TrimStart() is ['[', ..] && line.Contains("]:", StringComparison.Ordinal) ? 1 : 0;
            if (definitions > MaxDefinitions || bars * rows > MaxCells || (marks > MaxMarks && !IsRow(line)))
                return false;
        }

        return true;
    }

    private static ReadOnlySpan<char> NextLine(ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny('\r', '\n');
        var line = end < 0 ? text : text[..end];
        text = end < 0 ? [] : text[(end + (text[end..] is ['\r', '\n', ..] ? 2 : 1))..];
        return line;
    }

    private static int CountMarks(ReadOnlySpan<char> line)
    {
        var marks = 0;
        for (var rest = line; rest.IndexOfAny(Marks) is var at and >= 0; rest = rest[(at + 1)..])
            marks++;
        return marks;
    }

    // Each cell of a table is parsed for itself.
    private static bool IsRow(ReadOnlySpan<char> line) => line.Count('|') > 1 && line.Length < 10_000;
}

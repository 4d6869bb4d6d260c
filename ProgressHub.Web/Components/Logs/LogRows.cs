namespace ProgressHub.Web.Components.Logs;

/// <summary>
/// Cuts a message into rows of the same height: at its line ends and, where lines are wrapped, after so many columns. How
/// many rows a message takes is known without its text, from the widths of its lines.
/// </summary>
internal static class LogRows
{
    private const int TabWidth = 4;

    /// <summary>How wide each line of a message is, in columns of a monospaced font.</summary>
    public static int[] Widths(string message) => [.. Lines(AnsiText.Plain(message)).Select(Width)];

    /// <summary>How many rows lines of these widths take.</summary>
    /// <param name="widths">The widths.</param>
    /// <param name="columns">Where to wrap; null for nowhere.</param>
    public static int Count(ReadOnlySpan<int> widths, int? columns)
    {
        if (columns is not { } most)
            return widths.Length;
        var rows = 0;
        foreach (var width in widths)
            rows += Math.Max(1, (width + most - 1) / most);
        return rows;
    }

    /// <summary>The rows.</summary>
    public static IReadOnlyList<IReadOnlyList<AnsiSpan>> Cut(string message, int? columns)
    {
        List<IReadOnlyList<AnsiSpan>> rows = [];
        List<AnsiSpan> row = [];
        var width = 0;
        foreach (var span in AnsiText.Parse(Normal(message).TrimEnd('\n')))
        {
            var from = 0;
            for (var i = 0; i < span.Text.Length; i++)
            {
                if (span.Text[i] == '\n')
                {
                    End(i);
                    from = i + 1;
                    continue;
                }

                var next = Width(span.Text[i]);
                if (columns is { } most && width + next > most && width > 0)
                {
                    End(i);
                    from = i;
                }

                width += next;
            }

            Add(span.Text.Length);

            void Add(int to)
            {
                if (to > from)
                    row.Add(span with { Text = span.Text[from..to] });
            }

            void End(int to)
            {
                Add(to);
                rows.Add(row);
                row = [];
                width = 0;
            }
        }

        rows.Add(row);
        return rows;
    }

    private static string Normal(string text) => text.Contains('\r') ? text.ReplaceLineEndings("\n") : text;

    private static string[] Lines(string text) => Normal(text).TrimEnd('\n').Split('\n');

    private static int Width(string line)
    {
        var width = 0;
        foreach (var c in line)
            width += Width(c);
        return width;
    }

    // Han, kana, hangul and full-width forms take two columns (Unicode TR 11).
    private static int Width(char c) => c switch
    {
        '\t' => TabWidth,
        >= '\u1100' and <= '\u115f' or >= '\u2e80' and <= '\ua4cf' or >= '\uac00' and <= '\ud7a3' or >= '\uf900' and <= '\ufaff'
            or >= '\ufe30' and <= '\ufe6f' or >= '\uff00' and <= '\uff60' or >= '\uffe0' and <= '\uffe6' => 2,
        _ => 1,
    };
}

using System.Text;

namespace ProgressHub.Workloads.Knowledge.Documents;

/// <summary>Tables as text: a row a line, its cells between bars.</summary>
internal static class TableText
{
    private const int SectionCharacters = 64 * 1024;

    /// <summary>A row; empty where all of its cells are.</summary>
    public static string Row(IEnumerable<string> cells)
    {
        var kept = cells.Select(Cell).ToList();
        while (kept.Count > 0 && kept[^1].Length == 0)
            kept.RemoveAt(kept.Count - 1);
        return kept.Count == 0 ? "" : string.Join(" | ", kept);
    }

    /// <summary>Rows as sections of bounded length; the first row is the header of each.</summary>
    public static IEnumerable<Section> Sections(string? heading, IEnumerable<string> rows, int? page, int? line)
    {
        string? header = null;
        var text = new StringBuilder();
        var (count, begun) = (0, 0);
        foreach (var row in rows)
        {
            count++;
            if (header is null)
            {
                header = row;
                continue;
            }

            if (text.Length == 0)
                begun = count;
            text.Append(text.Length == 0 ? "" : "\n").Append(row);
            if (text.Length < SectionCharacters)
                continue;
            yield return Of(text, begun);
            text.Clear();
        }

        if (text.Length > 0)
            yield return Of(text, begun);
        else if (count == 1)
            yield return new Section(heading, header!) { Kind = SectionKind.Lines, Page = page, Line = line };

        Section Of(StringBuilder body, int from) =>
            new(heading, body.ToString()) { Kind = SectionKind.Table, Header = header, Page = page, Line = line + from - 1 };
    }

    private static string Cell(string cell) =>
        string.Join(' ', cell.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

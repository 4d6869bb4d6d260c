namespace ProgressHub.Core.Workloads.Analysis.Tables;

/// <summary>How a file is laid out.</summary>
/// <param name="Delimiter">What stands between fields.</param>
/// <param name="HasHeader">Whether the first row names the columns.</param>
internal sealed record TableShape(char Delimiter, bool HasHeader)
{
    private const int SampleCharacters = 64 * 1024;
    private const int SampleRows = 200;

    /// <summary>Guesses it from the beginning of a text.</summary>
    public static TableShape Of(TextReader text)
    {
        var buffer = new char[SampleCharacters];
        var length = text.ReadBlock(buffer);
        var sample = new string(buffer, 0, length);
        var whole = length < SampleCharacters;
        var (delimiter, rows) = ((char[])[',', ';', '\t', '|'])
            .Select(d => (Delimiter: d, Rows: Rows(sample, d, whole)))
            .MaxBy(c => Score(c.Rows));
        return new TableShape(delimiter, IsHeader(rows));
    }

    private static List<string[]> Rows(string sample, char delimiter, bool whole)
    {
        var reader = new DelimitedReader(new StringReader(sample), delimiter);
        List<string[]> rows = [];
        try
        {
            while (rows.Count < SampleRows && reader.Read())
                rows.Add([.. reader.Fields]);
        }
        catch (WorkloadException)
        {
            // The sample may end within a field, and with a wrong delimiter quotes mean nothing.
        }

        // The last row may be cut.
        if (!whole && rows.Count is > 1 and < SampleRows)
            rows.RemoveAt(rows.Count - 1);
        return rows;
    }

    // Many fields, and the same number in most rows.
    private static double Score(List<string[]> rows)
    {
        if (rows.Count == 0)
            return 0;
        var usual = rows.GroupBy(r => r.Length).MaxBy(g => g.Count())!;
        return usual.Key <= 1 ? 0 : (double)usual.Count() / rows.Count * (1 + Math.Log2(usual.Key));
    }

    // Names are words: none is a number or a date. Numbers below words are a header's work; words below words mean one
    // as a rule, where they differ from each other.
    private static bool IsHeader(List<string[]> rows)
    {
        if (rows.Count == 0)
            return false;
        var first = rows[0];
        var named = first.Where(cell => !string.IsNullOrWhiteSpace(cell)).ToArray();
        return named.Length > 0 && named.Length * 2 >= first.Length
            && !named.Any(cell => CellReading.Number(cell, decimalComma: false) is not null || CellReading.IsDate(cell))
            && named.Distinct(StringComparer.OrdinalIgnoreCase).Count() * 2 > named.Length;
    }
}

using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Analysis.Tables.Text;

namespace ProgressHub.Workloads.Analysis.Tables.Layout;

/// <summary>What stands between the fields of a text, found out from its beginning.</summary>
internal static class DelimiterGuess
{
    /// <summary>What stands between the fields of a table of one column: nothing that a text has.</summary>
    public const char None = '\uFFFF';

    private const int SampleRows = 200;
    private const double Consistent = 0.9;

    // Signs that text has between its own words stand behind those that only tables have.
    private static readonly char[] Candidates = ['\t', ';', '|', '\u0001', '^', '~', ','];

    /// <summary>Guesses.</summary>
    /// <param name="sample">The beginning of the text.</param>
    /// <param name="whole">Whether it is all of it.</param>
    /// <param name="quote">What stands around fields.</param>
    public static char Of(string sample, bool whole, char quote)
    {
        var best = Candidates.Select(d => (Delimiter: d, Rows: Rows(sample, d, quote, whole)))
            .Select(c => (c.Delimiter, c.Rows, Score: Score(c.Rows))).ToList();
        var regular = best.Where(c => c.Delimiter != ',' && c.Score.Share >= Consistent && c.Score.Width > 1).ToList();
        var comma = best[^1];
        if (regular.Count > 0)
        {
            var chosen = regular.MaxBy(c => c.Score.Value);

            // Commas that part as regularly and into more fields are the table's, unless they are those of decimals.
            return comma.Score.Share >= Consistent && comma.Score.Value > chosen.Score.Value && !HasDecimalCommas(chosen.Rows) ? ',' : chosen.Delimiter;
        }

        var (delimiter, rows, score) = best.MaxBy(c => c.Score.Value);
        if (score.Width <= 1 || IsOneColumn(rows))
            return None;
        return delimiter;
    }

    /// <summary>The first rows of a sample.</summary>
    public static List<string[]> Rows(string sample, char delimiter, char quote, bool whole, int most = SampleRows)
    {
        var reader = new DelimitedReader(new StringReader(sample), delimiter, quote);
        List<string[]> rows = [];
        try
        {
            while (rows.Count < most && reader.Read())
                rows.Add(reader.ToArray());
        }
        catch (WorkloadException)
        {
            // The sample may end within a field, and with a wrong delimiter quotes mean nothing.
        }

        // The last row may be cut.
        if (!whole && rows.Count > 1 && rows.Count < most)
            rows.RemoveAt(rows.Count - 1);
        return rows;
    }

    // Many fields, and the same number in most rows.
    private static (double Value, double Share, int Width) Score(List<string[]> rows)
    {
        if (rows.Count == 0)
            return default;
        var usual = rows.GroupBy(r => r.Length).OrderByDescending(g => g.Count()).ThenByDescending(g => g.Key).First();
        var share = (double)usual.Count() / rows.Count;
        return usual.Key <= 1 ? (0, share, usual.Key) : (share * (1 + Math.Log2(usual.Key)), share, usual.Key);
    }

    private static bool HasDecimalCommas(List<string[]> rows) => rows.Exists(row => row.Any(
        cell => Cells.NumberCell.Read(cell.Trim()) is { Comma: { IsValid: true, HasPoint: true } }));

    // One name above, and below it numbers that a comma parts in two: decimals of one column.
    private static bool IsOneColumn(List<string[]> rows) =>
        rows is [{ Length: 1 }, ..] && rows.Count > 1 && rows.Skip(1).All(r => r.Length <= 2 && r.All(c => c.Trim().TrimStart('-').All(char.IsAsciiDigit)));
}

using System.Text.Json;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Analysis.Engine;
using ProgressHub.Workloads.Analysis.Tables;
using ProgressHub.Workloads.Analysis.Tables.Layout;
using ProgressHub.Workloads.Analysis.Tables.Scan;
using ProgressHub.Workloads.TextFiles;
using Xunit.Abstractions;

namespace ProgressHub.Tests.Workloads.Analysis;

/// <summary>
/// What the engine's own reader writes is what ours writes, cell by cell, over generated files; <c>PROGRESSHUB_FUZZ</c> says how
/// many. To say something of columns, though it be nothing, has ours write the rows.
/// </summary>
public sealed class PlainCopyTests(ITestOutputHelper output)
{
    private const int Usual = 60;
    private static readonly TableReading ByOurs = new() { Columns = [] };

    [Fact]
    public void Both_readers_write_the_same()
    {
        var count = Wanted.Generated ?? Usual;
        var plain = 0;
        for (var seed = 1; seed <= count; seed++)
        {
            var text = new PlainTableMaker(seed).Text;
            using var either = new TableFile(text);
            using var ours = new TableFile(text, ByOurs);

            Assert.Equal(Shown(ours), Shown(either));
            plain += IsPlain(text) ? 1 : 0;
        }

        output.WriteLine($"{count} tables, of which the engine's reader wrote {plain}.");
        Assert.True(plain >= count / 8, $"Only {plain} of {count} were plain.");
    }

    [Fact]
    public void What_is_learned_of_many_rows_does_not_depend_on_how_they_are_shared_out()
    {
        var rows = Enumerable.Range(0, 20_000).Select(i => $"{i},{(i == 19_999 ? "x" : i)},w{i % 7},{(i % 5000 == 4999 ? "NA" : $"{i % 90}.5")}");
        using var table = new TableFile($"a,b,c,d\n{string.Join('\n', rows)}\n");

        Assert.Equal(["a:Whole", "b:Text", "c:Text", "d:Real"], table.Types);
        Assert.Equal((20_000, 4L), (table.Profile.Rows, table.Profile.Columns[3].Empty));
        Assert.Equal(["w0", "w1", "w2", "w3", "w4", "w5", "w6"], table.Profile.Columns[2].Values);
        Assert.Equal(199_990_000m, Convert.ToDecimal(table.Value("SELECT sum(a) FROM data"), System.Globalization.CultureInfo.InvariantCulture));
    }

    private static bool IsPlain(string text)
    {
        var folder = Directory.CreateTempSubdirectory("progresshub-plain-");
        try
        {
            var source = Path.Combine(folder.FullName, "table.csv");
            File.WriteAllText(source, text);
            using var file = File.OpenRead(source);
            var layout = TableLayout.Of(file, TextSource.Of(file, CancellationToken.None)!.Encoding, null);
            var scanned = new TableScan(file, layout, null).Run(_ => { }, CancellationToken.None);
            using var database = new ImportDatabase(Path.Combine(folder.FullName, "table.duckdb"));
            database.Run($"CREATE TABLE {TableProfile.Table} ({string.Join(", ", scanned.Formats.Select(f => $"{SqlText.Name(f.Name)} {f.Stored}"))})");
            return PlainCopy.TryWrite(database, source, layout, scanned, static _ => { });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Shown(TableFile table) => string.Join('\n',
    [
        .. table.Profile.Columns.Select(c => $"{c.Name} {c.Stored} {c.Empty} {c.Min} {c.Max}"), .. table.Profile.Warnings,
        .. table.Run("SELECT * FROM data").Rows.Select(r => JsonSerializer.Serialize(r)),
    ]);
}

using System.Globalization;
using ProgressHub.Tests.Support;
using Xunit.Abstractions;

namespace ProgressHub.Tests.Workloads.Analysis;

/// <summary>
/// Tables with known content, made in the ways that people make them: each is read back as it is, or it is said which column
/// could be read otherwise. <c>PROGRESSHUB_FUZZ</c> says how many; a failure names its seed.
/// </summary>
public sealed class ReadingFuzzTests(ITestOutputHelper output)
{
    private const int Usual = 120;

    [Fact]
    public void Every_table_is_read_right_or_said_to_be_unsure()
    {
        var count = Wanted.Generated ?? Usual;
        var (right, told) = (0, 0);
        List<string> wrong = [];
        for (var seed = 1; seed <= count && wrong.Count < 10; seed++)
        {
            var made = new TableMaker(seed);
            using var read = new TableFile(made.Bytes);
            var differences = Differences(made, read).ToList();
            if (differences.Count == 0)
                right++;
            else if (differences.TrueForAll(d => read.Profile.Warnings.Any(w => w.Contains($"'{d.Column}'", StringComparison.Ordinal))))
                told++;
            else
                wrong.Add($"seed {seed}: {string.Join("; ", differences.Take(3).Select(d => d.What))} | {string.Join(" ", read.Profile.Warnings)}");
        }

        output.WriteLine($"{count} tables: {right} right, {told} said to be unsure, {wrong.Count} wrong without a word.");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(right >= count * 0.9, $"Only {right} of {count} were read right.");
    }

    [Theory]
    [InlineData(1848), InlineData(4111), InlineData(5465), InlineData(7086), InlineData(7264)]
    public void What_ten_thousand_tables_showed_stays_mended(int seed)
    {
        var made = new TableMaker(seed);
        using var read = new TableFile(made.Bytes);

        Assert.All(Differences(made, read), d => Assert.Contains(read.Profile.Warnings, w => w.Contains($"'{d.Column}'", StringComparison.Ordinal)));
    }

    private static IEnumerable<(string Column, string What)> Differences(TableMaker made, TableFile read)
    {
        var names = read.Profile.Columns.Select(c => c.Name).ToList();
        if (!names.SequenceEqual(made.Names))
        {
            yield return ("", $"columns {string.Join(',', names)} for {string.Join(',', made.Names)}");
            yield break;
        }

        var rows = read.Run("SELECT * FROM data").Rows;
        if (rows.Count != made.Expected.Count)
        {
            yield return ("", $"{rows.Count} rows for {made.Expected.Count}");
            yield break;
        }

        for (var column = 0; column < names.Count; column++)
        {
            var at = Enumerable.Range(0, rows.Count).FirstOrDefault(r => Show(rows[r][column]) != made.Expected[r][column], -1);
            if (at >= 0)
                yield return (names[column], $"row {at} of '{names[column]}' is {Show(rows[at][column]) ?? "missing"}, not {made.Expected[at][column] ?? "missing"}");
        }
    }

    private static string? Show(object? value) => value switch
    {
        null => null,
        bool yes => yes ? "true" : "false",
        double number => number.ToString(CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}

using System.Text;
using System.Text.Json;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Analysis.Tables.Cells;
using ProgressHub.Workloads.Analysis.Tables.Columns;
using ProgressHub.Workloads.Analysis.Tables.Layout;
using ProgressHub.Workloads.Analysis.Tables.Scan;
using ProgressHub.Workloads.TextFiles;

namespace ProgressHub.Tests.Workloads.Analysis;

/// <summary>What is learned of columns hangs on their cells alone: on no number of processors, and on no repetition.</summary>
public sealed class ColumnLearningTests
{
    private const int Generated = 60;

    private static readonly string[] Cells =
    [
        "1", "0", "-3", "1.5", "0.001", "1,234", "1.234", "1.234,5", "12 %", "$ 5", "€0", "5 EUR", "(7)", "+4912345678", "007", "12E3", "1e5", "1 234", "31.12.2024",
        "12/31/24", "24-12-31", "2024-01-31", "2024-01-31 10:00:00", "2024-01-31T10:00:00Z", "1 Jan 2024", "January 31, 2024", "20240131", "45000", "yes", "no", "word",
    ];

    [Fact]
    public void One_processor_learns_what_several_do()
    {
        for (var seed = 1; seed <= Generated; seed++)
        {
            byte[][] files = [new TableMaker(seed).Bytes, Encoding.UTF8.GetBytes(Repeated(new PlainTableMaker(seed).Text, 200))];
            foreach (var file in files)
                Assert.Equal(Scanned(file, processors: 1), Scanned(file, processors: 4));
        }
    }

    [Fact]
    public void A_cell_that_comes_again_teaches_nothing()
    {
        var random = new Random(1);
        for (var round = 0; round < 2000; round++)
        {
            var cells = Enumerable.Range(0, random.Next(1, 5)).Select(_ => Cells[random.Next(Cells.Length)]).ToArray();
            var (once, again) = (new NumberFacts(), new NumberFacts());
            var (onceDates, againDates) = (new DateFacts(), new DateFacts());
            foreach (var cell in cells)
            {
                Add(cell, once, onceDates);
                Add(cell, again, againDates);
            }

            foreach (var cell in cells)
                Add(cell, again, againDates);

            Assert.Equal(JsonSerializer.Serialize(once), JsonSerializer.Serialize(again));
            Assert.Equal(JsonSerializer.Serialize(onceDates), JsonSerializer.Serialize(againDates));
        }
    }

    [Fact]
    public void Every_mark_may_be_one()
    {
        string[] marks = ["\\N", "NULL", "(null)", "#N/A", "#DIV/0!", "nan", "-nan", "NaT", "NA", "none", "-", "---", "–", "?", "k. A.", "not available", "TBD", "无"];

        Assert.All(marks, mark => Assert.True(MissingMarks.MayBe(mark) && (MissingMarks.IsMissing(mark) || MissingMarks.IsPerhapsMissing(mark, out _))));
        Assert.All(["5", "word", "2024-01-31", "region 12"], cell => Assert.False(MissingMarks.MayBe(cell)));
    }

    [Fact]
    public void Texts_are_told_apart_however_alike_they_are()
    {
        var words = new WordFacts();
        string[] texts = [.. Enumerable.Range(0, 200).Select(i => $"{(char)('a' + (i % 26))}{new string('x', i % 9)}{i}")];
        foreach (var text in texts)
        {
            Assert.False(words.Has(text.AsSpan()));
            words.Add(text);
        }

        for (var again = 0; again < 2; again++)
        {
            Assert.All(texts, text => Assert.True(words.Has(text.AsSpan())));
            Assert.All(texts, text => Assert.False(words.Has($"{text}y".AsSpan())));
        }
    }

    // As the learning has it: what can be no number any more is asked no more.
    private static void Add(string cell, NumberFacts numbers, DateFacts dates)
    {
        if (numbers.IsAlive)
            numbers.Add(cell);
        if (dates.IsAlive)
            dates.Add(cell);
    }

    private static string Repeated(string table, int times)
    {
        var names = table.IndexOf('\n', StringComparison.Ordinal) + 1;
        var rows = table.EndsWith('\n') ? table[names..] : $"{table[names..]}\n";
        return table[..names] + string.Concat(Enumerable.Repeat(rows, times));
    }

    private static string Scanned(byte[] bytes, int processors)
    {
        using var file = new MemoryStream(bytes);
        var layout = TableLayout.Of(file, TextSource.Of(file, CancellationToken.None)!.Encoding, null);
        var scanned = new TableScan(file, layout, null, processors).Run(_ => { }, CancellationToken.None);
        return JsonSerializer.Serialize(new { scanned.Formats, scanned.Sources, scanned.FooterFrom, scanned.Notes, scanned.Rows, scanned.Filled, scanned.PlainFrom, scanned.Width, scanned.FooterRows, scanned.Totals.Any });
    }
}

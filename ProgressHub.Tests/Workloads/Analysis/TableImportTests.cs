using System.Text;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Analysis.Tables.Scan;

namespace ProgressHub.Tests.Workloads.Analysis;

/// <summary>Files as people have them become tables, and what is odd about them is said.</summary>
public sealed class TableImportTests
{
    [Theory]
    [InlineData("a,b\n1,x\n2,y\n"), InlineData("a;b\r\n1;x\r\n2;y"), InlineData("a\tb\n1\tx\n\n2\ty\n"), InlineData("a|b\n1|x\n2|y\n")]
    public void Delimiters_and_line_ends_are_found_out(string text)
    {
        using var table = new TableFile(text);

        Assert.Equal(["a:Whole", "b:Text"], table.Types);
        Assert.Equal(2, table.Profile.Rows);
        Assert.Equal(["x", "y"], table.Profile.Columns[1].Values);
        Assert.Empty(table.Profile.Warnings);
    }

    [Fact]
    public void Types_are_those_that_every_cell_has()
    {
        using var table = new TableFile(
            """
            whole,real,percent,money,day,moment,flag,code,mixed,american
            1,1.5,10%,"$1,200.50",2024-01-31,2024-01-31 10:00,yes,007,1,12/31/2024
            -2,2e3,5.5%,($3.00),2024-02-01,2024-02-01T11:30:00Z,no,012,x,01/02/2024
            ,,,,,,,,,

            """);

        Assert.Equal(
            ["whole:Whole", "real:Real", "percent:Real", "money:Real", "day:Date", "moment:DateTime", "flag:Boolean", "code:Text", "mixed:Text", "american:Date"],
            table.Types);
        Assert.Equal(
            [-2L, 2000d, 5.5m, -3m, "2024-02-01", "2024-02-01 11:30:00", false, "012", "x", "2024-01-02"],
            table.Run("SELECT * FROM data WHERE whole = -2").Rows.Single());
        Assert.Equal(("-2", "1"), (table.Profile.Columns[0].Min, table.Profile.Columns[0].Max));
        Assert.Contains(table.Profile.Warnings, w => w.Contains("percent", StringComparison.Ordinal));
    }

    [Fact]
    public void Decimal_commas_are_understood_where_semicolons_delimit()
    {
        using var table = new TableFile("name;price\na;1.234,50\nb;2,5\n");

        Assert.Equal(["name:Text", "price:Real"], table.Types);
        Assert.Equal(1237m, table.Value("SELECT sum(price) FROM data"));
    }

    [Fact]
    public void Quoted_fields_may_hold_delimiters_quotes_and_line_ends()
    {
        using var table = new TableFile("name,n\n\"a, \"\"b\"\"\nc\",1\nd,2\n");

        Assert.Equal("a, \"b\"\nc", table.Value("SELECT name FROM data WHERE n = 1"));
    }

    [Fact]
    public void Ragged_rows_are_kept_and_counted_with_their_lines()
    {
        using var table = new TableFile("a,b,c\n1,2,3\n4,5\n6,7,8,9\n10,11,12,\n");

        Assert.Equal(4, table.Profile.Rows);
        var warning = Assert.Single(table.Profile.Warnings);
        Assert.Contains("2 rows", warning, StringComparison.Ordinal);
        Assert.Contains("line 3, 4", warning, StringComparison.Ordinal);
        Assert.Equal([4L, 5L, null], table.Run("SELECT * FROM data WHERE a = 4").Rows.Single());
    }

    [Theory]
    [InlineData("utf-16", true), InlineData("utf-16BE", true), InlineData("utf-8", true), InlineData("windows-1252", false)]
    public void Encodings_are_found_out_and_a_guess_is_said(string name, bool certain)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        using var table = new TableFile([.. encoding.GetPreamble(), .. encoding.GetBytes("ville,n\nOrléans,1\n")]);

        Assert.Equal("Orléans", table.Value("SELECT ville FROM data"));
        Assert.Equal(certain, table.Profile.Warnings.Count == 0);
        Assert.All(table.Profile.Warnings, w => Assert.Contains("line 2", w, StringComparison.Ordinal));
    }

    [Fact]
    public void Names_are_made_unique_and_missing_ones_made_up()
    {
        using var table = new TableFile("a,A,,select\"x\n1,2,3,4\n");
        using var bare = new TableFile("1,2\n3,4\n");

        Assert.Equal(["a", "A_2", "column_3", "select\"x"], table.Profile.Columns.Select(c => c.Name));
        Assert.Equal(["column_1:Whole", "column_2:Whole"], bare.Types);
        Assert.Equal(2, bare.Profile.Rows);
        Assert.Single(bare.Profile.Warnings);
    }

    [Theory]
    [InlineData("", "empty_table"), InlineData("a,b\n", "empty_table"), InlineData("a,b\n1,\"x\n2,y\n", "invalid_csv"), InlineData("PK\u0003\u0004\0\0\0", "not_a_table")]
    public void What_is_no_table_is_refused_with_a_code(string text, string code) =>
        Assert.Equal(code, Assert.Throws<WorkloadException>(() => new TableFile(text)).Code);

    [Fact]
    public void A_table_of_too_many_columns_is_refused() => Assert.Equal(
        "too_many_columns",
        Assert.Throws<WorkloadException>(() => new TableFile(string.Join(',', Enumerable.Range(0, TableScan.MaxColumns + 1).Select(i => $"c{i}")) + "\n1\n")).Code);

    [Fact]
    public void Progress_rises_to_the_end()
    {
        var text = new StringBuilder("a,b\n");
        for (var i = 0; i < 20_000; i++)
            text.Append(i).Append(",some words\n");

        using var table = new TableFile(text.ToString());

        Assert.Equal(table.Shares.Order(), table.Shares);
        Assert.Equal(1, table.Shares[^1]);
        Assert.True(table.Shares.Count > 5);
    }

    [Fact]
    public void Both_readings_of_a_plain_file_are_told()
    {
        var text = new StringBuilder("a,b,c\n");
        for (var i = 0; i < 1_500_000; i++)
            text.Append(i).Append(",some words of a note,").Append(i % 97).Append('\n');

        using var table = new TableFile(text.ToString());

        Assert.Equal(table.Shares.Order(), table.Shares);
        Assert.Contains(table.Shares, share => share is > 0.1 and < 0.4);
        Assert.True(table.Shares.Count(share => share is > 0.5 and < 0.95) >= 2, string.Join(' ', table.Shares.TakeLast(8)));
        Assert.Equal(1, table.Shares[^1]);
    }
}

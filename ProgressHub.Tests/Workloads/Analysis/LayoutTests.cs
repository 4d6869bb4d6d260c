using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Tests.Workloads.Analysis;

/// <summary>Where a table begins and ends in its file, and what its columns are called.</summary>
public sealed class LayoutTests
{
    [Theory]
    [InlineData("Quarterly report,,\nGenerated 2024-05-01,,\n,,\nregion,amount,units\nWest,3,1\nEast,5,2\n")]
    [InlineData("Quarterly report\nregion;amount;units\nWest;3;1\nEast;5;2\n")]
    [InlineData("sep=;\nregion;amount;units\nWest;3;1\nEast;5;2\n")]
    [InlineData("\"sep=;\"\r\nregion;amount;units\r\nWest;3;1\r\nEast;5;2\r\n")]
    [InlineData("# made by a program\n# on 2024-05-01, at noon\nregion,amount,units\nWest,3,1\nEast,5,2\n")]
    [InlineData("#region,amount,units\nWest,3,1\nEast,5,2\n")]
    [InlineData("charset=utf-8\nregion,amount,units\nWest,3,1\nEast,5,2\n")]
    [InlineData("region,amount,units\nWest,3,1\nEast,5,2\nTotal,8,3\n")]
    [InlineData("region,amount,units\nWest,3,1\nEast,5,2\n,8,3\n")]
    [InlineData("region,amount,units\nWest,3,1\nEast,5,2\n\nSource: our own books\n")]
    [InlineData("region,amount,units\nWest,3,1\nEast,5,2\nNote: without returns,,\n,,\n")]
    [InlineData("region,amount,units\nWest,3,1\nregion,amount,units\nEast,5,2\n")]
    [InlineData("region,amount,units,,\nWest,3,1,,\nEast,5,2,,\n,,,,\n")]
    [InlineData("region^amount^units\nWest^3^1\nEast^5^2\n")]
    [InlineData("'region','amount','units'\n'West','3','1'\n'East','5','2'\n")]
    [InlineData("region, \"amount\", units\nWest, \"3\", 1\nEast, \"5\", 2\n")]
    public void The_table_is_found_in_its_file(string text)
    {
        using var table = new TableFile(text);

        Assert.Equal(["region:Text", "amount:Whole", "units:Whole"], table.Types);
        Assert.Equal([["West", 3L, 1L], ["East", 5L, 2L]], table.Run("SELECT * FROM data").Rows);
    }

    [Fact]
    public void Subtotals_are_left_out_and_a_place_called_Total_is_not()
    {
        using var sub = new TableFile("region,shop,n\nWest,A,1\nWest,B,2\nWest Total,,3\nEast,C,4\nEast,D,5\nEast Total,,9\nGrand Total,,12\n");
        using var place = new TableFile("brand,n\nShell,4\nTotal,5\nEsso,6\n");

        Assert.Equal(12m, Convert.ToDecimal(sub.Value("SELECT sum(n) FROM data"), System.Globalization.CultureInfo.InvariantCulture));
        Assert.Contains(sub.Profile.Warnings, w => w.Contains("3 rows of totals", StringComparison.Ordinal));
        Assert.Equal(3, place.Profile.Rows);
        Assert.Contains("Total", place.Profile.Columns[0].Values);
        Assert.Contains(place.Profile.Warnings, w => w.Contains("kept", StringComparison.Ordinal));
    }

    [Fact]
    public void Totals_can_be_kept()
    {
        using var table = new TableFile("region,n\nWest,3\nEast,5\nTotal,8\n", new TableReading { KeepTotals = true });

        Assert.Equal(3, table.Profile.Rows);
    }

    [Theory]
    [InlineData("country,2021,2022,2023\nChad,10,20,30\nPeru,5,6,7\n", "country,2021,2022,2023", 2)]
    [InlineData("country,Jan-24,Feb-24\nChad,10,20\nPeru,5,6\n", "country,Jan-24,Feb-24", 2)]
    [InlineData(",2023,,2024,\nregion,units,amount,units,amount\nWest,1,2,3,4\nEast,5,6,7,8\n", "region,2023 units,2023 amount,2024 units,2024 amount", 2)]
    [InlineData("name,length,weight\n,(m),(kg)\na,1.5,3\nb,2.5,4\n", "name,length (m),weight (kg)", 2)]
    [InlineData("2020,3\n2021,5\n2022,6\n", "column_1,column_2", 3)]
    [InlineData("mpg,cyl\nMazda,21,6\nDatsun,22.8,4\n", "column_1,mpg,cyl", 2)]
    [InlineData("a,A,,b\n1,2,3,4\n5,6,7,8\n", "a,A_2,column_3,b", 2)]
    [InlineData("name\nAnn\nBob\n", "name", 2)]
    [InlineData("price\n1,5\n2,25\n", "price", 2)]
    public void Names_are_told_from_data(string text, string names, int rows)
    {
        using var table = new TableFile(text);

        Assert.Equal(names, string.Join(',', table.Profile.Columns.Select(c => c.Name)));
        Assert.Equal(rows, table.Profile.Rows);
    }

    [Fact]
    public void Commas_of_decimals_do_not_part_fields()
    {
        using var table = new TableFile("name;a;b\nx;1,5;2,5\ny;3,5;4,5\n");

        Assert.Equal(["name:Text", "a:Real", "b:Real"], table.Types);
    }

    [Theory]
    [InlineData("PK\u0003\u0004rest of a zip", "zip"), InlineData("%PDF-1.7", "PDF")]
    public void What_is_something_else_is_said(string text, string word)
    {
        var refused = Assert.Throws<WorkloadException>(() => new TableFile(text));

        Assert.Equal("not_a_table", refused.Code);
        Assert.Contains(word, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_that_spans_the_readers_buffer_is_whole()
    {
        var rows = Enumerable.Range(0, 40).Select(i => $"{i},\"{new string((char)('a' + (i % 26)), 9_000)}\"\"\n{i}\",{i * 2}");
        using var table = new TableFile("id,text,n\n" + string.Join('\n', rows) + "\n");

        Assert.Equal(40, table.Profile.Rows);
        Assert.Equal(Enumerable.Range(0, 40).Select(i => (object?)(long)(i * 2)), table.Column(2));
        Assert.All(table.Column(1), (text, i) => Assert.Equal($"{new string((char)('a' + (i % 26)), 9_000)}\"\n{i}", text));
    }
}

using DuckDB.NET.Data;
using MiniExcelLibs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Tests.Workloads.Analysis;

/// <summary>Workbooks and Parquet files are tables too, whatever they are called.</summary>
public sealed class WorkbookTests
{
    private static readonly object[] Orders =
    [
        new { id = 1, day = new DateTime(2024, 1, 31), at = new DateTime(2024, 1, 31, 10, 30, 0), price = 1.234, zip = "02138", paid = true, note = "a, \"b\"\nc" },
        new { id = 2, day = new DateTime(2024, 2, 1), at = new DateTime(2024, 2, 1, 11, 0, 0), price = 2.5, zip = "10001", paid = false, note = "d" },
    ];

    [Fact]
    public void A_workbook_keeps_the_types_of_its_cells()
    {
        using var table = new TableFile(Workbook(Orders));

        Assert.Equal(["id:Whole", "day:Date", "at:DateTime", "price:Real", "zip:Text", "paid:Boolean", "note:Text"], table.Types);
        Assert.Equal([1L, "2024-01-31", "2024-01-31 10:30:00", 1.234m, "02138", true, "a, \"b\"\nc"], table.Run("SELECT * FROM data").Rows[0]);
        Assert.Equal(("xlsx", "Sheet1"), (table.Profile.Reading!.Format, table.Profile.Reading.Sheet));
    }

    [Fact]
    public void A_sheet_at_a_time_is_read_and_the_others_are_named()
    {
        var sheets = new Dictionary<string, object> { ["First"] = new[] { new { a = 1 } }, ["Second"] = new[] { new { b = 2 }, new { b = 3 } } };
        using var first = new TableFile(Workbook(sheets));
        using var second = new TableFile(Workbook(sheets), new TableReading { Sheet = "second" });

        Assert.Equal(("First", 1L), (first.Profile.Reading!.Sheet, first.Profile.Rows));
        Assert.Contains(first.Profile.Warnings, w => w.Contains("Second", StringComparison.Ordinal));
        Assert.Equal(["b:Whole"], second.Types);
        Assert.Equal("invalid_reading", Assert.Throws<WorkloadException>(() => new TableFile(Workbook(sheets), new TableReading { Sheet = "Third" })).Code);
    }

    [Fact]
    public void A_damaged_workbook_is_refused()
    {
        var bytes = Workbook(Orders);
        Array.Clear(bytes, 200, 400);

        Assert.Equal("not_a_table", Assert.Throws<WorkloadException>(() => new TableFile(bytes)).Code);
    }

    [Fact]
    public void A_Parquet_file_says_its_types_itself()
    {
        using var table = new TableFile(Parquet("SELECT 1::INTEGER AS id, 'x' AS name, 1.50::DECIMAL(10,2) AS price, DATE '2024-01-31' AS day, [1, 2] AS list, true AS flag"));

        Assert.Equal(["id:Whole", "name:Text", "price:Real", "day:Date", "list:Text", "flag:Boolean"], table.Types);
        Assert.Equal([1L, "x", 1.5m, "2024-01-31", "[1, 2]", true], table.Run("SELECT * FROM data").Rows.Single());
        Assert.Equal(["x"], table.Profile.Columns[1].Values);
    }

    [Fact]
    public void A_damaged_Parquet_file_is_refused()
    {
        var bytes = Parquet("SELECT 1 AS id");
        Array.Clear(bytes, 8, bytes.Length - 8);

        Assert.Equal("not_a_table", Assert.Throws<WorkloadException>(() => new TableFile(bytes)).Code);
    }

    private static byte[] Workbook(object content)
    {
        using var stream = new MemoryStream();
        stream.SaveAs(content);
        return stream.ToArray();
    }

    private static byte[] Parquet(string sql)
    {
        var path = Path.Combine(Path.GetTempPath(), $"progresshub-{Guid.NewGuid():N}.parquet");
        using (var connection = new DuckDBConnection("DataSource=:memory:"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"COPY ({sql}) TO '{path}' (FORMAT parquet)";
            command.ExecuteNonQuery();
        }

        var bytes = File.ReadAllBytes(path);
        File.Delete(path);
        return bytes;
    }
}

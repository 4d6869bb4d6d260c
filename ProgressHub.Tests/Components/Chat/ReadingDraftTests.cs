using System.Text.Json;
using ProgressHub.Web.Components.Chat;
using ProgressHub.Workloads.Analysis.Sandbox;
using ProgressHub.Workloads.Analysis.Sessions;
using ProgressHub.Workloads.Analysis.Tables;
using ProgressHub.Workloads.Analysis.Tables.Cells;

namespace ProgressHub.Tests.Components.Chat;

/// <summary>What a person says of how a table is read, and nothing that they did not say.</summary>
public sealed class ReadingDraftTests
{
    private static readonly ResultColumn Zip = new("zip", ColumnType.Whole);
    private static readonly ResultColumn Price = new("price", ColumnType.Real);
    private static readonly ResultColumn Day = new("day", ColumnType.Date);

    [Fact]
    public void Nothing_said_is_nothing_wanted()
    {
        var preview = Preview(null);

        Assert.Equal(new TableReading(), ReadingDraft.Of(preview).Reading(preview));
    }

    [Fact]
    public void A_type_that_is_changed_is_said_and_the_rest_is_still_found_out()
    {
        var preview = Preview(null);
        var draft = ReadingDraft.Of(preview);

        draft.Change(Zip, "Text");
        draft.Change(Price, "Real");
        draft.Change(Day, "no type");

        var column = Assert.Single(draft.Reading(preview).Columns!);
        Assert.Equal(("zip", ColumnType.Text), (column.Name, column.Type));
        Assert.Equal((ColumnType.Text, ColumnType.Real), (draft.TypeOf(Zip), draft.TypeOf(Price)));
    }

    [Fact]
    public void The_decimal_sign_is_of_numbers_and_the_order_of_dates()
    {
        var preview = Preview(null);
        var draft = ReadingDraft.Of(preview);
        (draft.DecimalSign, draft.Order) = (",", DateOrder.MonthFirst);

        var columns = draft.Reading(preview).Columns!.ToDictionary(c => c.Name);

        Assert.Equal((",", null), (columns["price"].DecimalSign, columns["price"].Order));
        Assert.Equal((null, DateOrder.MonthFirst), (columns["day"].DecimalSign, columns["day"].Order));
    }

    [Fact]
    public void What_was_said_before_is_kept()
    {
        var said = new TableReading { KeepTotals = true, Columns = [new ColumnReading { Name = "zip", Type = ColumnType.Text, Missing = ["-"] }, new ColumnReading { Name = "price", DecimalSign = "," }] };
        var preview = Preview(said);

        var again = ReadingDraft.Of(preview).Reading(preview);

        Assert.True(again.KeepTotals);
        Assert.Equal(["-"], again.Columns!.Single(c => c.Name == "zip").Missing);
        Assert.Equal(",", again.Columns!.Single(c => c.Name == "price").DecimalSign);
    }

    [Theory]
    [InlineData(";", "", null), InlineData("", " windows-1252 ", null), InlineData("", "", 2)]
    public void Another_layout_may_have_other_columns_so_nothing_is_said_of_these(string delimiter, string encoding, int? headerRows)
    {
        var preview = Preview(null);
        var draft = ReadingDraft.Of(preview);
        draft.Change(Zip, "Text");
        (draft.Delimiter, draft.Encoding, draft.HeaderRows) = (delimiter, encoding, headerRows);

        var reading = draft.Reading(preview);

        Assert.Null(reading.Columns);
        Assert.Equal((delimiter.Length > 0 ? delimiter : null, encoding.Length > 0 ? "windows-1252" : null, headerRows), (reading.Delimiter, reading.Encoding, reading.HeaderRows));
    }

    private static TablePreview Preview(TableReading? wanted) =>
        new("t.csv", 1, [Zip, Price, Day], JsonSerializer.SerializeToElement(new[] { new object[] { 1, 2.5, "2024-01-31" } }), new TableReading { Format = "delimited" }, wanted);
}

using ProgressHub.Workloads.Analysis.Tables;
using ProgressHub.Workloads.Analysis.Tables.Columns;
using ProgressHub.Workloads.Analysis.Tables.Layout;
using ProgressHub.Workloads.Analysis.Tables.Scan;

namespace ProgressHub.Workloads.Analysis.Engine;

/// <summary>Says how a file was read, in the shape in which it can be corrected.</summary>
internal static class ReadingView
{
    public static TableReading Of(TableLayout layout, ScannedTable scanned, IReadOnlyList<long> totals, TableReading? wanted) => new()
    {
        Format = "delimited",
        Delimiter = layout.Delimiter == DelimiterGuess.None ? null : layout.Delimiter.ToString(),
        Encoding = layout.Encoding.WebName,
        Quote = layout.Quote.ToString(),
        SkipRows = layout.SkipRows,
        HeaderRows = layout.HeaderRows,
        KeepTotals = wanted?.KeepTotals,
        Totals = totals.Count > 0 ? totals : null,
        FooterRows = scanned.FooterRows > 0 ? scanned.FooterRows : null,
        Columns = [.. scanned.Formats.Select(Of)],
        Notes = scanned.Notes,
    };

    private static ColumnReading Of(ColumnFormat format) => new()
    {
        Name = format.Name,
        Written = format.Written == format.Name ? null : format.Written,
        Type = format.Type,
        DecimalSign = format.Type == ColumnType.Real || format.DecimalComma ? (format.DecimalComma ? "," : ".") : null,
        Order = format.Type is ColumnType.Date or ColumnType.DateTime && format.Form == DateForm.Parts ? format.Order : null,
        Unit = format.Unit,
        Missing = format.Missing.Count > 0 ? format.Missing : null,
    };
}

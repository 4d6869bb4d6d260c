using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Analysis.Tables;
using ProgressHub.Workloads.TextFiles;

namespace ProgressHub.Workloads.Analysis;

/// <summary>Checks what a person says of how a file is to be read, before anything is read.</summary>
internal static class ReadingInput
{
    public const string Property = "reading";
    private const int MaxText = 200;
    private const int MaxSkip = 1000;
    private const int MaxHeader = 4;
    private const int MaxMarks = 50;

    /// <summary>What of it can be said, within bounds; null where nothing is left.</summary>
    /// <exception cref="WorkloadException"><c>invalid_reading</c>; the message says what to change.</exception>
    public static TableReading? Checked(TableReading? said)
    {
        if (said is null)
            return null;
        RequireCharacter(said.Delimiter, "delimiter");
        RequireCharacter(said.Quote, "quote");
        if (said.Encoding is { } encoding && (encoding.Length > MaxText || TextSource.Find(encoding) is null))
            throw Invalid($"There is no encoding '{encoding[..Math.Min(encoding.Length, 40)]}'; use its IANA name, such as utf-8, gb18030 or windows-1252.");
        if (said.SkipRows is < 0 or > MaxSkip)
            throw Invalid($"'skipRows' is 0 to {MaxSkip}.");
        if (said.HeaderRows is < 0 or > MaxHeader)
            throw Invalid($"'headerRows' is 0 to {MaxHeader}.");
        if (said.Sheet is { Length: > MaxText })
            throw Invalid($"'sheet' has at most {MaxText} characters.");
        var wanted = new TableReading
        {
            Delimiter = said.Delimiter, Quote = said.Quote, Encoding = said.Encoding, Sheet = said.Sheet, SkipRows = said.SkipRows,
            HeaderRows = said.HeaderRows, KeepTotals = said.KeepTotals, Columns = Columns(said.Columns),
        };
        return wanted == new TableReading() ? null : wanted;
    }

    private static IReadOnlyList<ColumnReading>? Columns(IReadOnlyList<ColumnReading>? said)
    {
        if (said is not { Count: > 0 })
            return null;
        if (said.Count > Tables.Scan.TableScan.MaxColumns)
            throw Invalid($"'columns' names at most {Tables.Scan.TableScan.MaxColumns}.");
        foreach (var column in said)
        {
            if (column.DecimalSign is not (null or "." or ","))
                throw Invalid($"'decimal' of '{column.Name}' is a point or a comma.");
            if (column.Missing is { } marks && (marks.Count > MaxMarks || marks.Any(m => m.Length > MaxText)))
                throw Invalid($"'missing' of '{column.Name}' has at most {MaxMarks} marks of up to {MaxText} characters.");
        }

        return [.. said.Select(c => new ColumnReading { Name = c.Name, Type = c.Type, DecimalSign = c.DecimalSign, Order = c.Order, Missing = c.Missing })];
    }

    private static void RequireCharacter(string? text, string name)
    {
        if (text is not null && (text.Length != 1 || text[0] is '\r' or '\n'))
            throw Invalid($"'{name}' is one character.");
    }

    private static WorkloadException Invalid(string message) => new("invalid_reading", message) { Property = Property };
}

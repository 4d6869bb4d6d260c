namespace ProgressHub.Workloads.Analysis.Tables;

/// <summary>What is known of a table: all that a question is planned by, without reading its rows again.</summary>
/// <param name="Id">The SHA-256 of the file it was read from, in lower-case hexadecimal digits; with a suffix where it was read as somebody wanted.</param>
/// <param name="Name">What its file is called.</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Bytes">How large its file was.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Warnings">What was not as it should be in the file, for a person.</param>
public sealed record TableProfile(
    string Id, string Name, long Rows, long Bytes, IReadOnlyList<TableColumn> Columns, IReadOnlyList<string> Warnings)
{
    /// <summary>The one table there is, as SQL calls it.</summary>
    public const string Table = "data";

    /// <summary>How the file was read; null for one that was read before this was kept.</summary>
    public TableReading? Reading { get; init; }

    /// <summary>The column that says when, where there is one: the first date, else the first moment.</summary>
    internal TableColumn? Timeline =>
        Columns.FirstOrDefault(c => c.Type == ColumnType.Date) ?? Columns.FirstOrDefault(c => c.Type == ColumnType.DateTime);
}

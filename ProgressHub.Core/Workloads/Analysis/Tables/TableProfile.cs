namespace ProgressHub.Core.Workloads.Analysis.Tables;

/// <summary>What is known of a table: all that a question is planned by, without reading its rows again.</summary>
/// <param name="Id">The SHA-256 of the file it was read from, in lower-case hexadecimal digits.</param>
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

    /// <summary>The column that says when, where there is one: the first date, else the first moment.</summary>
    internal TableColumn? Timeline =>
        Columns.FirstOrDefault(c => c.Type == ColumnType.Date) ?? Columns.FirstOrDefault(c => c.Type == ColumnType.DateTime);
}

/// <summary>A column of a table.</summary>
/// <param name="Name">What the file calls it, made unique.</param>
/// <param name="Type">What its cells are.</param>
/// <param name="Empty">How many cells are empty.</param>
/// <param name="Min">The least value, as text; null where all are empty, and for text.</param>
/// <param name="Max">The greatest value, as text.</param>
/// <param name="Values">For text of few different values: all of them. Otherwise none.</param>
public sealed record TableColumn(
    string Name, ColumnType Type, long Empty, string? Min, string? Max, IReadOnlyList<string> Values)
{
    /// <summary>Whether it can be summed.</summary>
    internal bool IsNumber => Type is ColumnType.Whole or ColumnType.Real;

    /// <summary>Whether it says when.</summary>
    internal bool IsTime => Type is ColumnType.Date or ColumnType.DateTime;

    /// <summary>Its name in SQL.</summary>
    internal string Sql => SqlText.Name(Name);
}

/// <summary>How names and texts stand in SQL.</summary>
internal static class SqlText
{
    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static string Value(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}

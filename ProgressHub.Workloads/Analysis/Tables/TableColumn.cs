namespace ProgressHub.Workloads.Analysis.Tables;

/// <summary>A column of a table.</summary>
/// <param name="Name">What the file calls it, on one line and made unique: its name in SQL.</param>
/// <param name="Type">What its cells are.</param>
/// <param name="Empty">How many cells are empty.</param>
/// <param name="Min">The least value, as text; null where all are empty, and for text and yes or no.</param>
/// <param name="Max">The greatest value, as text.</param>
/// <param name="Values">For text of few different values: all of them. Otherwise none.</param>
public sealed record TableColumn(
    string Name, ColumnType Type, long Empty, string? Min, string? Max, IReadOnlyList<string> Values)
{
    /// <summary>The name as the file has it.</summary>
    public string Written { get; init; } = Name;

    /// <summary>The type in the database, such as <c>BIGINT</c> or <c>DECIMAL(12,2)</c>.</summary>
    public string Stored { get; init; } = "VARCHAR";

    /// <summary>The currency or percent sign that every cell had: 12% is kept as 12.</summary>
    public string? Unit { get; init; }

    /// <summary>About how many different values it has; null where that is unknown.</summary>
    public long? Distinct { get; init; }

    /// <summary>For text of many different values: some of them.</summary>
    public IReadOnlyList<string> Samples { get; init; } = [];

    /// <summary>Words of the question at hand, as stems, that are near to its name in meaning.</summary>
    internal IReadOnlyList<string> AlsoCalled { get; init; } = [];

    /// <summary>Whether it can be summed.</summary>
    internal bool IsNumber => Type is ColumnType.Whole or ColumnType.Real;

    /// <summary>Whether it says when.</summary>
    internal bool IsTime => Type is ColumnType.Date or ColumnType.DateTime;

    /// <summary>Its name in SQL.</summary>
    internal string Sql => SqlText.Name(Name);
}

using ProgressHub.Workloads.Analysis.Tables.Cells;

namespace ProgressHub.Workloads.Analysis.Tables.Columns;

/// <summary>How the cells of a column are read, and what they are kept as.</summary>
internal sealed record ColumnFormat
{
    /// <summary>The column, as SQL calls it.</summary>
    public required string Name { get; init; }

    /// <summary>The name as the file has it.</summary>
    public required string Written { get; init; }

    public required ColumnType Type { get; init; }

    /// <summary>The type in the database.</summary>
    public required string Stored { get; init; }

    /// <summary>Whether decimals stand behind a comma.</summary>
    public bool DecimalComma { get; init; }

    /// <summary>Which part of a date comes first.</summary>
    public DateOrder Order { get; init; }

    /// <summary>How dates are written.</summary>
    public DateForm Form { get; init; }

    /// <summary>The currency or percent sign of every cell.</summary>
    public string? Unit { get; init; }

    /// <summary>Marks that mean a missing value here, besides those that always do.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>For text of few different values: all of them.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>For text of many: some.</summary>
    public IReadOnlyList<string> Samples { get; init; } = [];

    /// <summary>What a person should know of how it was read.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The digits of a decimal behind its point.</summary>
    public int Decimals { get; init; }
}

/// <summary>How the dates of a column are written.</summary>
internal enum DateForm
{
    /// <summary>With signs or words between their parts.</summary>
    Parts,

    /// <summary>In eight digits.</summary>
    Compact,

    /// <summary>As Excel counts them: days since the last of 1899.</summary>
    Serial,
}

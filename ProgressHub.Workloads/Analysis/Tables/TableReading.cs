using System.Text.Json.Serialization;

namespace ProgressHub.Workloads.Analysis.Tables;

/// <summary>
/// How a file is read as a table. What was decided is said in this shape, and what a person says in it is not decided: each
/// part may be left out.
/// </summary>
public sealed record TableReading
{
    /// <summary>What the file is: <c>delimited</c>, <c>xlsx</c> or <c>parquet</c>. Only said.</summary>
    public string? Format { get; init; }

    /// <summary>What stands between fields: one character.</summary>
    public string? Delimiter { get; init; }

    /// <summary>How text is encoded, by its IANA name, such as <c>utf-8</c>, <c>gb18030</c> or <c>windows-1252</c>.</summary>
    public string? Encoding { get; init; }

    /// <summary>What stands around fields that hold delimiters: one character.</summary>
    public string? Quote { get; init; }

    /// <summary>The sheet of a workbook, by its name; the first that has rows where it is missing.</summary>
    public string? Sheet { get; init; }

    /// <summary>The sheets of the workbook. Only said.</summary>
    public IReadOnlyList<string>? Sheets { get; init; }

    /// <summary>How many rows above the names are no part of the table: titles, comments. Empty lines do not count.</summary>
    public int? SkipRows { get; init; }

    /// <summary>How many rows hold the names, 0 to 4. Those of several rows are put together.</summary>
    public int? HeaderRows { get; init; }

    /// <summary>Whether rows of totals are kept as data; they are left out otherwise.</summary>
    public bool? KeepTotals { get; init; }

    /// <summary>The rows of totals that were left out, by their lines in the file, up to 100. Only said.</summary>
    public IReadOnlyList<long>? Totals { get; init; }

    /// <summary>How many lines below the table are no part of it: notes, sources. Only said.</summary>
    public int? FooterRows { get; init; }

    /// <summary>The columns: those that a person says something about, or all.</summary>
    public IReadOnlyList<ColumnReading>? Columns { get; init; }

    /// <summary>Where the file could have been read otherwise, and what was odd about it. Only said.</summary>
    public IReadOnlyList<string>? Notes { get; init; }
}

/// <summary>How a column is read.</summary>
public sealed record ColumnReading
{
    /// <summary>Its name: as in SQL, or as the file has it.</summary>
    public required string Name { get; init; }

    /// <summary>The name as the file has it, where it is another. Only said.</summary>
    public string? Written { get; init; }

    /// <summary>What its cells are.</summary>
    public ColumnType? Type { get; init; }

    /// <summary>What stands before decimals: a point or a comma.</summary>
    [JsonPropertyName("decimal")]
    public string? DecimalSign { get; init; }

    /// <summary>Which part of its dates comes first.</summary>
    public Cells.DateOrder? Order { get; init; }

    /// <summary>The currency or percent sign that its numbers had. Only said.</summary>
    public string? Unit { get; init; }

    /// <summary>Marks that mean a missing value in it, besides those that always do.</summary>
    public IReadOnlyList<string>? Missing { get; init; }
}

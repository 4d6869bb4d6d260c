using ProgressHub.Workloads.Analysis.Tables.Columns;

namespace ProgressHub.Workloads.Analysis.Tables.Scan;

/// <summary>What a first reading of a file has decided.</summary>
/// <param name="Formats">Its columns.</param>
/// <param name="Sources">The field that each of them is.</param>
/// <param name="Totals">Rows that may be totals.</param>
/// <param name="FooterFrom">The first row that is no part of the table; null where there is none.</param>
/// <param name="Notes">What a person should know.</param>
internal sealed record ScannedTable(
    IReadOnlyList<ColumnFormat> Formats, int[] Sources, TotalsRows Totals, long? FooterFrom, List<string> Notes)
{
    /// <summary>How many rows it has, if none of those that may be totals are.</summary>
    public long Rows { get; init; }

    /// <summary>How many cells of each column say something.</summary>
    public IReadOnlyList<long> Filled { get; init; } = [];

    /// <summary>
    /// How many lines stand above the first row, where all below is as programs write it, and the engine's own reader gives the
    /// same as ours; null otherwise.
    /// </summary>
    public int? PlainFrom { get; init; }

    /// <summary>How many fields each row has.</summary>
    public int Width { get; init; }

    /// <summary>How many rows of remarks stand below it.</summary>
    public int FooterRows { get; init; }
}

using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Terms;

/// <summary>How sure it is that words mean what they were taken for.</summary>
internal enum Likeness
{
    /// <summary>It is the name, whatever its case, number and signs.</summary>
    Exact,

    /// <summary>It is a part of the name.</summary>
    Part,

    /// <summary>It means the same, or is of the same root.</summary>
    Related,

    /// <summary>It is written almost like it.</summary>
    Slip,
}

/// <summary>Columns that words can mean.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Likeness">How sure that is.</param>
internal sealed record ColumnSense(IReadOnlyList<TableColumn> Columns, Likeness Likeness);

/// <summary>A value of a column that words can mean.</summary>
/// <param name="Column">The column.</param>
/// <param name="Values">The value, in all the spellings that differ in case or spaces only.</param>
/// <param name="Likeness">How sure that is.</param>
internal sealed record ValueSense(TableColumn Column, IReadOnlyList<string> Values, Likeness Likeness);

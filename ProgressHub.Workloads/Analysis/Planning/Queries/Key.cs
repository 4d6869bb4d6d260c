using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Queries;

/// <summary>What rows are grouped by.</summary>
/// <param name="Column">The column.</param>
/// <param name="Bucket">The step of time, of a moment; null for the column's values.</param>
internal sealed record Key(TableColumn Column, Bucket? Bucket)
{
    /// <summary>What it is called in the result.</summary>
    public string Name => Bucket switch
    {
        null => Column.Name,
        Queries.Bucket.Weekday => "weekday",
        Queries.Bucket.MonthName => "month",
        { } bucket => bucket.ToString().ToLowerInvariant(),
    };

    /// <summary>Whether its values follow on each other in time.</summary>
    public bool IsTime => Bucket is not (null or Queries.Bucket.Weekday or Queries.Bucket.MonthName or Queries.Bucket.Hour) || (Bucket is null && Column.IsTime);

    /// <summary>Whether its values are in the order of time, whatever they are kept as: 2024-01 in a column of text, a number of a year.</summary>
    public bool IsInTime => IsTime || (Bucket is null && (Column.IsPeriods() || Column.IsYears()));
}

using ProgressHub.Workloads.Analysis.Planning.Queries;

namespace ProgressHub.Workloads.Analysis.Planning.Sql;

/// <summary>Measures as DuckDB reads them.</summary>
internal static class MeasureSql
{
    /// <summary>A measure.</summary>
    public static string Of(Measure measure) => Of(measure, "");

    /// <summary>A statistic of something that has SQL already.</summary>
    public static string Of(Statistic statistic, string expression, double fraction) => statistic switch
    {
        Statistic.Count => $"count({expression})",
        Statistic.Distinct => $"count(DISTINCT {expression})",
        Statistic.Sum => $"sum({expression})",
        Statistic.Average => $"avg({expression})",
        Statistic.Median => $"median({expression})",
        Statistic.Maximum => $"max({expression})",
        Statistic.Minimum => $"min({expression})",
        Statistic.Deviation => $"stddev_samp({expression})",
        Statistic.Variance => $"var_samp({expression})",
        _ => $"quantile_cont({expression}, {ExprSql.Number(fraction)})",
    };

    // A filter belongs to each aggregate there is.
    private static string Of(Measure measure, string filter) => measure switch
    {
        Measure.Rows => $"count(*){filter}",
        Measure.Of { Statistic: Statistic.Median or Statistic.Percentile } middle => Of(middle.Statistic, ExprSql.Real(middle.Expression), middle.Fraction) + filter,
        Measure.Of of => Of(of.Statistic, ExprSql.Of(of.Expression), of.Fraction) + filter,
        Measure.Correlation two => $"corr({ExprSql.Of(two.Left)}, {ExprSql.Of(two.Right)}){filter}",
        Measure.Slope two => $"regr_slope({ExprSql.Of(two.Right)}, {ExprSql.Of(two.Left)}){filter}",
        Measure.Number number => ExprSql.Number(number.Value),
        Measure.Where where when filter.Length == 0 => Of(where.Inner, $" FILTER (WHERE {ConditionSql.Of(where.Condition)})"),
        Measure.Where => throw new InvalidOperationException("A filter within a filter."),
        Measure.Binary { Operator: '/' } two => $"({Of(two.Left, filter)} / nullif({Of(two.Right, filter)}, 0))",
        Measure.Binary two => $"({Of(two.Left, filter)} {two.Operator} {Of(two.Right, filter)})",
        Measure.Percent percent => $"100.0 * {Of(percent.Part, filter)} / nullif({Of(percent.Whole, "")}, 0)",
        Measure.Change change => $"100.0 * ({Of(change.To, filter)} - {Of(change.From, filter)}) / nullif(abs({Of(change.From, filter)}), 0)",
        Measure.Test test => $"{Of(test.Left, filter)} {test.Operator} {Of(test.Right, filter)}",
        _ => throw new InvalidOperationException($"{measure.GetType().Name} has no SQL."),
    };
}

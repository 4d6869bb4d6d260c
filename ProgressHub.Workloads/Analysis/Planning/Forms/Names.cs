using System.Globalization;
using ProgressHub.Workloads.Analysis.Planning.Queries;

namespace ProgressHub.Workloads.Analysis.Planning.Forms;

/// <summary>What measures and conditions are called, in words.</summary>
internal static class Names
{
    /// <summary>An expression: price × quantity.</summary>
    public static string Of(Expr expr) => expr switch
    {
        Expr.Of of => of.Column.Name,
        Expr.Number number => Number(number.Value),
        Expr.Binary two => $"{Inner(two.Left)} {Sign(two.Operator)} {Inner(two.Right)}",
        Expr.Days days => $"days from {days.From.Name} to {days.To.Name}",
        _ => "",
    };

    /// <summary>A statistic of an expression: total price.</summary>
    public static string Of(Statistic statistic, Expr expr, double fraction = 0) => statistic switch
    {
        Statistic.Count => $"{Of(expr)} filled in",
        Statistic.Distinct => $"different {Of(expr)}",
        Statistic.Sum => $"total {Of(expr)}",
        Statistic.Average => $"average {Of(expr)}",
        Statistic.Median => $"median {Of(expr)}",
        Statistic.Maximum => $"highest {Of(expr)}",
        Statistic.Minimum => $"lowest {Of(expr)}",
        Statistic.Deviation => $"standard deviation of {Of(expr)}",
        Statistic.Variance => $"variance of {Of(expr)}",
        _ => string.Create(CultureInfo.InvariantCulture, $"{fraction * 100:0.##}th percentile of {Of(expr)}"),
    };

    /// <summary>A measure.</summary>
    public static string Of(Measure measure) => measure switch
    {
        Measure.Rows => "rows",
        Measure.Of of => Of(of.Statistic, of.Expression, of.Fraction),
        Measure.Correlation two => $"correlation of {Of(two.Left)} and {Of(two.Right)}",
        Measure.Number number => Number(number.Value),
        Measure.Where where => $"{Of(where.Inner)} where {Conditions.Of(where.Condition)}",
        Measure.Binary two => $"{Of(two.Left)} {Sign(two.Operator)} {Of(two.Right)}",
        Measure.Percent percent => $"share of {Of(percent.Part)} in {Of(percent.Whole)}, in %",
        Measure.Change change => $"change from {Of(change.From)} to {Of(change.To)}, in %",
        Measure.Test test => $"whether {Of(test.Left)} {test.Operator} {Of(test.Right)}",
        _ => "",
    };

    /// <summary>A number as people write it.</summary>
    public static string Number(double value) => value.ToString("#,0.##########", CultureInfo.InvariantCulture);

    private static string Inner(Expr expr) => expr is Expr.Binary ? $"({Of(expr)})" : Of(expr);

    private static string Sign(char sign) => sign switch { '*' => "×", '-' => "−", '/' => "÷", _ => "+" };
}

namespace ProgressHub.Workloads.Analysis.Planning.Queries;

/// <summary>What is computed of a group of rows.</summary>
internal abstract record Measure
{
    /// <summary>How many rows.</summary>
    public sealed record Rows : Measure;

    /// <summary>A statistic of an expression; for a percentile, <paramref name="Fraction"/> 0..1 says which.</summary>
    public sealed record Of(Statistic Statistic, Expr Expression, double Fraction = 0) : Measure;

    /// <summary>Pearson's correlation of two expressions.</summary>
    public sealed record Correlation(Expr Left, Expr Right) : Measure;

    /// <summary>How much the right expression rises where the left rises by one (least squares).</summary>
    public sealed record Slope(Expr Left, Expr Right) : Measure;

    /// <summary>A number.</summary>
    public sealed record Number(double Value) : Measure;

    /// <summary>A measure of those rows alone for which a condition holds.</summary>
    public sealed record Where(Measure Inner, Condition Condition) : Measure;

    /// <summary>Two measures and one of <c>+ - * /</c> between them; a quotient with 0 below is empty.</summary>
    public sealed record Binary(char Operator, Measure Left, Measure Right) : Measure;

    /// <summary>What part of the whole a part is, in percent.</summary>
    public sealed record Percent(Measure Part, Measure Whole) : Measure;

    /// <summary>By how many percent one is more than the other.</summary>
    public sealed record Change(Measure From, Measure To) : Measure;

    /// <summary>Whether two measures compare: one of <c>= &lt;&gt; &lt; &lt;= &gt; &gt;=</c>.</summary>
    public sealed record Test(Measure Left, string Operator, Measure Right) : Measure;

    /// <summary>Whether its value is a quotient, a mean or the like, whose parts do not add up.</summary>
    public bool AddsUp => this is Rows or Of { Statistic: Statistic.Sum } or Where { Inner: Rows or Of { Statistic: Statistic.Sum } };
}

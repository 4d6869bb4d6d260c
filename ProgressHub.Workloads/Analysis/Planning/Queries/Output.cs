namespace ProgressHub.Workloads.Analysis.Planning.Queries;

/// <summary>A measure in the result.</summary>
/// <param name="Name">What its column is called.</param>
/// <param name="Measure">The measure.</param>
internal sealed record Output(string Name, Measure Measure);

/// <summary>A bound of groups.</summary>
/// <param name="Measure">What of a group is bounded.</param>
/// <param name="Operator">One of <c>= &lt;&gt; &lt; &lt;= &gt; &gt;=</c>.</param>
/// <param name="Bound">The bound.</param>
internal sealed record GroupBound(Measure Measure, string Operator, double Bound)
{
    /// <summary>The statistic of all groups that it is compared with instead of a number: above average.</summary>
    public Statistic? Beside { get; init; }
}

/// <summary>Which groups or rows are shown, and in what order.</summary>
/// <param name="Descending">Whether the greatest come first.</param>
/// <param name="Limit">How many; those that tie with the last are shown too. Null for all.</param>
/// <param name="Nth">Only the n-th of the different values; null for all from the first on.</param>
/// <param name="IsExact">Whether the limit is what was asked for, and not what fits a screen.</param>
internal sealed record Ranking(bool Descending, int? Limit = null, int? Nth = null, bool IsExact = true);

/// <summary>What is put beside each group's value.</summary>
internal enum Window
{
    /// <summary>Its share of the total, in percent.</summary>
    Share,

    /// <summary>How it changed against the group before, in percent.</summary>
    Growth,

    /// <summary>The total so far.</summary>
    Running,
}

/// <summary>Measures over the values of inner groups, such as the mean of each day's total.</summary>
/// <param name="Key">What the inner groups are.</param>
/// <param name="Value">Their value.</param>
/// <param name="Statistics">What is computed of the values.</param>
internal sealed record Nested(Key Key, Measure Value, IReadOnlyList<Statistic> Statistics);

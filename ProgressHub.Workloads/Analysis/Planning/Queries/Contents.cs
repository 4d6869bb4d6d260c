using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Queries;

/// <summary>Which columns a query reads: what a plan is checked against the question by.</summary>
internal static class Contents
{
    public static IEnumerable<TableColumn> Of(Query query) => Of(query.Where).Concat(query switch
    {
        Query.Aggregate a => a.Keys.Select(k => k.Column).Concat(a.Outputs.SelectMany(o => Of(o.Measure))).Concat(a.Having.SelectMany(h => Of(h.Measure)))
            .Concat(a.Nested is { } nested ? Of(nested.Value).Append(nested.Key.Column) : []),
        Query.Rows { Columns.Count: 0 } r => (r.By?.Columns ?? []).Concat(r.Within is { } within ? [within.Column] : []),
        Query.Rows r => r.Columns.Concat(r.By?.Columns ?? []).Concat(r.Within is { } within ? [within.Column] : []),
        Query.Values v => v.Keys.Select(k => k.Column).Concat(Of(v.Never)).Concat(v.AllOf.SelectMany(Of)),
        Query.Volatility v => new[] { v.Price, v.Time, v.Instrument, v.Key }.OfType<TableColumn>(),
        Query.NthValue n => n.Of.Columns,
        Query.Over over => Of(over.Inner),
        Query.Summary s => [s.Column],
        _ => [],
    });

    /// <summary>Whether it has an order or an end that a superlative may stand for.</summary>
    public static bool Ranks(Query query) => query switch
    {
        Query.Aggregate a => a.Ranking is not null || a.Nested is not null || a.Outputs.Any(o => Extreme(o.Measure)),
        Query.Rows r => r.Ranking is not null,
        Query.Volatility v => v.Ranking is not null,
        Query.NthValue => true,
        Query.Over over => Ranks(over.Inner),
        _ => false,
    };

    private static bool Extreme(Measure measure) => measure is Measure.Of { Statistic: Statistic.Maximum or Statistic.Minimum } || (measure is Measure.Binary two && Extreme(two.Left) && Extreme(two.Right));

    private static IEnumerable<TableColumn> Of(Measure measure) => measure switch
    {
        Measure.Of of => of.Expression.Columns,
        Measure.Correlation two => two.Left.Columns.Concat(two.Right.Columns),
        Measure.Slope two => two.Left.Columns.Concat(two.Right.Columns),
        Measure.Where where => Of(where.Inner).Concat(Of(where.Condition)),
        Measure.Binary two => Of(two.Left).Concat(Of(two.Right)),
        Measure.Percent two => Of(two.Part).Concat(Of(two.Whole)),
        Measure.Change two => Of(two.From).Concat(Of(two.To)),
        Measure.Test two => Of(two.Left).Concat(Of(two.Right)),
        _ => [],
    };

    private static IEnumerable<TableColumn> Of(Condition? condition) => condition switch
    {
        Condition.All all => all.Of.SelectMany(Of),
        Condition.Any any => any.Of.SelectMany(Of),
        Condition.Not not => Of(not.Of),
        Condition.Compare two => two.Left.Columns.Concat(two.Right.Columns),
        Condition.OneOf one => [one.Column],
        Condition.Text text => [text.Column],
        Condition.Like like => [like.Column],
        Condition.Flag flag => [flag.Column],
        Condition.Within within => [within.Column],
        Condition.Recent recent => [recent.Column],
        Condition.PartOf part => [part.Column],
        Condition.Empty empty => [empty.Column],
        Condition.Beside { Same: { } within } beside => beside.Left.Columns.Append(within),
        Condition.Beside beside => beside.Left.Columns,
        _ => [],
    };
}

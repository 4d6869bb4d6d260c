using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Sql;

/// <summary>Measures of groups as DuckDB reads them: the groups first, then what is put beside them, then their rank.</summary>
internal static class AggregateSql
{
    public static string Of(Query.Aggregate query)
    {
        if (query.Nested is { } nested)
            return Nested(query, nested);
        if (query.Keys.Count == 0)
            return $"SELECT {Outputs(query)}\nFROM {TableProfile.Table}{QuerySql.Where(query.Where)}";
        var groups = Groups(query);
        var outer = Windowed(query);
        var chosen = Chosen(query);
        return outer is null && chosen is null
            ? $"{groups}\nORDER BY {Order(query, inner: true)}{(query.Ranking?.Limit is { } most ? $"\nLIMIT {most}" : "")}"
            : $"WITH groups AS (\n  {groups.Replace("\n", "\n  ", StringComparison.Ordinal)}\n)\nSELECT {Names(query)}{outer}\nFROM groups{chosen}\nORDER BY {Order(query, inner: false)}";
    }

    private static string Groups(Query.Aggregate query)
    {
        string[] there = [.. query.Keys.Select(k => $"{k.Column.Sql} IS NOT NULL")];
        var having = query.Having.Count == 0 ? "" : $"\nHAVING {string.Join(" AND ", query.Having.Select(h => $"{MeasureSql.Of(h.Measure)} {h.Operator} {Bound(query, h, there)}"))}";
        var order = query.Keys.Select(KeySql.Order).OfType<string>().Select(o => $", {o} AS \"#order\"").FirstOrDefault() ?? "";
        if (Windowed(query) is null && Chosen(query) is null)
            order = "";
        var by = string.Join(", ", Enumerable.Range(1, query.Keys.Count));
        return $"SELECT {string.Join(", ", query.Keys.Select(KeySql.Named))}, {Outputs(query)}{order}\nFROM {TableProfile.Table}{QuerySql.Where(query.Where, there)}\nGROUP BY {by}{having}";
    }

    // What adds up is compared with the groups' mean, what does not with that of all rows.
    private static string Bound(Query.Aggregate query, GroupBound bound, string[] there)
    {
        if (bound.Beside is not { } beside)
            return ExprSql.Number(bound.Bound);
        var from = $"FROM {TableProfile.Table}{QuerySql.Where(query.Where, there).Replace("\n", " ", StringComparison.Ordinal)}";
        return bound.Measure is Measure.Of { Statistic: not Statistic.Sum and not Statistic.Distinct } of
            ? $"(SELECT {MeasureSql.Of(of with { Statistic = beside })} {from})"
            : $"(SELECT {MeasureSql.Of(beside, "value", 0)} FROM (SELECT {MeasureSql.Of(bound.Measure)} AS value {from} GROUP BY {string.Join(", ", query.Keys.Select(KeySql.Of))}))";
    }

    private static string Outputs(Query.Aggregate query) =>
        string.Join(", ", query.Outputs.Select(o => $"{MeasureSql.Of(o.Measure)} AS {SqlText.Name(o.Name)}"));

    private static string Names(Query.Aggregate query) =>
        string.Join(", ", query.Keys.Select(k => SqlText.Name(k.Name)).Concat(query.Outputs.Select(o => SqlText.Name(o.Name))));

    private static string? Windowed(Query.Aggregate query)
    {
        if (query.Window is not { } window)
            return null;
        var value = SqlText.Name(query.Outputs[0].Name);
        var time = query.Keys.FirstOrDefault(k => k.IsInTime) ?? query.Keys[0];
        var others = query.Keys.Where(k => k != time).Select(k => SqlText.Name(k.Name)).ToList();
        var within = others.Count == 0 ? "" : $"PARTITION BY {string.Join(", ", others)} ";
        var along = $"({within}ORDER BY {SqlText.Name(time.Name)})";
        return window switch
        {
            Window.Share => $", 100.0 * {value} / nullif(sum({value}) OVER (), 0) AS \"share in %\"",
            Window.Growth => $", 100.0 * ({value} - lag({value}) OVER {along}) / nullif(abs(lag({value}) OVER {along}), 0) AS \"change in %\"",
            _ => $", sum({value}) OVER {along} AS \"running total\"",
        };
    }

    private static string? Chosen(Query.Aggregate query)
    {
        if (query.Ranking is not { IsExact: true } ranking || (ranking.Limit is null && ranking.Nth is null))
            return null;
        var within = query.Within is null ? "" : $"PARTITION BY {SqlText.Name(query.Within.Name)} ";
        var over = $"OVER ({within}ORDER BY {SqlText.Name(query.Outputs[0].Name)} {QuerySql.Direction(ranking)})";
        return ranking.Nth is { } nth ? $"\nQUALIFY dense_rank() {over} = {nth}" : $"\nQUALIFY rank() {over} <= {ranking.Limit}";
    }

    private static string Order(Query.Aggregate query, bool inner)
    {
        List<string> order = [];
        if (query.Within is { } within)
            order.Add(SqlText.Name(within.Name));
        if (query.Ranking is { } ranking)
            order.Add($"{SqlText.Name(query.Outputs[0].Name)} {QuerySql.Direction(ranking)}");
        order.AddRange(query.Keys.Select(k => KeySql.Order(k) is not { } by ? SqlText.Name(k.Name) : inner ? by : "\"#order\""));
        return string.Join(", ", order);
    }

    private static string Nested(Query.Aggregate query, Nested nested)
    {
        var keys = string.Concat(query.Keys.Select(k => $"{KeySql.Named(k)}, "));
        var names = string.Concat(query.Keys.Select(k => $"{SqlText.Name(k.Name)}, "));
        var numbers = string.Join(", ", Enumerable.Range(1, query.Keys.Count));
        var inner = string.Join(", ", Enumerable.Range(1, query.Keys.Count + 1));
        string[] there = [.. query.Keys.Append(nested.Key).Select(k => $"{k.Column.Sql} IS NOT NULL")];
        var outputs = string.Join(", ", nested.Statistics.Zip(query.Outputs, (s, o) => $"{MeasureSql.Of(s, "value", 0)} AS {SqlText.Name(o.Name)}"));
        var tail = query.Keys.Count == 0 ? "" : $"\nGROUP BY {numbers}\nORDER BY {(query.Ranking is { } r ? $"{query.Keys.Count + 1} {QuerySql.Direction(r)}, " : "")}{numbers}";
        return $"""
            SELECT {names}{outputs}
            FROM (
              SELECT {keys}{KeySql.Of(nested.Key)} AS "part", {MeasureSql.Of(nested.Value)} AS value
              FROM {TableProfile.Table}{QuerySql.Where(query.Where, there).Replace("\n", "\n  ", StringComparison.Ordinal)}
              GROUP BY {inner}
            ){tail}
            """;
    }
}

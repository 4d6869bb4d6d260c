using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Sql;

/// <summary>The one generator of SQL: a query as one SELECT of DuckDB over the one table.</summary>
internal static class QuerySql
{
    /// <summary>The query's SQL.</summary>
    public static string Of(Query query) => query switch
    {
        Query.Aggregate aggregate => AggregateSql.Of(aggregate),
        Query.Rows rows => Rows(rows),
        Query.Values values => Values(values),
        Query.NthValue nth =>
            $"SELECT DISTINCT {ExprSql.Of(nth.Of)} AS \"value\"\nFROM {TableProfile.Table}{Where(nth.Where, $"{ExprSql.Of(nth.Of)} IS NOT NULL")}\nORDER BY 1 {Direction(nth.Ranking)}\nLIMIT 1 OFFSET {nth.Ranking.Nth - 1}",
        Query.Over over => $"SELECT {(over.Statistic is { } statistic ? MeasureSql.Of(statistic, SqlText.Name(over.Column!), 0) : "count(*)")} AS {SqlText.Name(over.Name)}\nFROM (\n  {Of(over.Inner).Replace("\n", "\n  ", StringComparison.Ordinal)}\n)",
        Query.Volatility volatility => VolatilitySql.Of(volatility),
        Query.Summary summary => Summary(summary),
        _ => throw new InvalidOperationException($"{query.GetType().Name} has no SQL."),
    };

    /// <summary>A WHERE of these conditions; empty where there are none.</summary>
    public static string Where(Condition? condition, params IReadOnlyList<string> more)
    {
        List<string> all = condition is null ? [.. more] : [ConditionSql.Of(condition), .. more];
        return all.Count == 0 ? "" : $"\nWHERE {string.Join(" AND ", all)}";
    }

    /// <summary>Which way it is ordered; what is empty comes last.</summary>
    public static string Direction(Ranking ranking) => ranking.Descending ? "DESC NULLS LAST" : "ASC NULLS LAST";

    private static string Rows(Query.Rows rows)
    {
        // What they are ordered by is shown too, where it is no column.
        var columns = rows.Columns.Count > 0 ? string.Join(", ", rows.Columns.Select(c => c.Sql))
            : rows.By is null or Expr.Of ? "*" : $"*, {ExprSql.Of(rows.By)} AS {SqlText.Name(Forms.Names.Of(rows.By))}";
        if (rows.By is null || rows.Ranking is null)
            return $"SELECT {columns}\nFROM {TableProfile.Table}{Where(rows.Where)}{(rows.Ranking?.Limit is { } most ? $"\nLIMIT {most}" : "")}";
        var by = ExprSql.Of(rows.By);
        var direction = QuerySql.Direction(rows.Ranking);
        var within = rows.Within is null ? "" : $"PARTITION BY {KeySql.Of(rows.Within)} ";
        string[] there = rows.Within is null ? [$"{by} IS NOT NULL"] : [$"{by} IS NOT NULL", $"{KeySql.Of(rows.Within)} IS NOT NULL"];
        var chosen = rows.Ranking switch
        {
            { Nth: { } nth } => $"\nQUALIFY dense_rank() OVER ({within}ORDER BY {by} {direction}) = {nth}",
            { Limit: { } first } => $"\nQUALIFY rank() OVER ({within}ORDER BY {by} {direction}) <= {first}",
            _ => "",
        };
        var order = rows.Within is null ? $"{by} {direction}" : $"{KeySql.Of(rows.Within)}, {by} {direction}";
        return $"SELECT {columns}\nFROM {TableProfile.Table}{Where(rows.Where, there)}{chosen}\nORDER BY {order}";
    }

    private static string Values(Query.Values values)
    {
        var keys = string.Join(", ", values.Keys.Select(KeySql.Named));
        string[] there = [.. values.Keys.Select(k => $"{KeySql.Of(k)} IS NOT NULL")];
        var first = values.Keys[0];
        if (values.Never is { } never)
        {
            there = [.. there, $"{KeySql.Of(first)} NOT IN (SELECT {KeySql.Of(first)} FROM {TableProfile.Table}{Where(never, $"{KeySql.Of(first)} IS NOT NULL")})"];
        }

        there = [.. there, .. values.AllOf.Select(all => $"{KeySql.Of(first)} IN (SELECT {KeySql.Of(first)} FROM {TableProfile.Table}{Where(all)})")];
        return $"SELECT DISTINCT {keys}\nFROM {TableProfile.Table}{Where(values.Where, there)}\nORDER BY {string.Join(", ", Enumerable.Range(1, values.Keys.Count))}";
    }

    private static string Summary(Query.Summary summary)
    {
        var column = summary.Column.Sql;
        return $"""
            SELECT count({column}) AS "values", avg({column}) AS "average", median({column}) AS "median",
              min({column}) AS "lowest", max({column}) AS "highest", stddev_samp({column}) AS "standard deviation"
            FROM {TableProfile.Table}{Where(summary.Where)}
            """;
    }
}

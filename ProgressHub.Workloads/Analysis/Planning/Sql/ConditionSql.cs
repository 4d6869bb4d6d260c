using System.Globalization;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Sql;

/// <summary>Conditions as DuckDB reads them.</summary>
internal static class ConditionSql
{
    /// <summary>A condition, in brackets where it needs them.</summary>
    public static string Of(Condition condition) => condition switch
    {
        Condition.All all => string.Join(" AND ", all.Of.Select(Of)),
        Condition.Any any => $"({string.Join(" OR ", any.Of.Select(o => o is Condition.All ? $"({Of(o)})" : Of(o)))})",
        Condition.Not not => $"({Of(not.Of)}) IS NOT TRUE",
        Condition.Compare two => $"{ExprSql.Of(two.Left)} {two.Operator} {ExprSql.Of(two.Right)}",
        Condition.OneOf { Values: [var only] } one => $"{one.Column.Sql} = {SqlText.Value(only)}",
        Condition.OneOf one => $"{one.Column.Sql} IN ({string.Join(", ", one.Values.Select(SqlText.Value))})",
        Condition.Text text => $"lower(CAST({text.Column.Sql} AS VARCHAR)) = lower({SqlText.Value(text.Value)})",
        Condition.Like like => $"{like.Column.Sql} ILIKE {SqlText.Value(like.Pattern)} ESCAPE '\\'",
        Condition.Flag { Column: { IsNumber: true } bit } flag => flag.Value ? $"{bit.Sql} = 1" : bit.Min == "1" ? $"{bit.Sql} IS NULL" : $"{bit.Sql} = 0",
        Condition.Flag flag => flag.Value ? flag.Column.Sql : $"NOT {flag.Column.Sql}",
        Condition.Within within => Within(within),
        Condition.Recent recent => Recent(recent),
        Condition.PartOf { Values: [var only] } part => $"{Part(part)} = {only.ToString(CultureInfo.InvariantCulture)}",
        Condition.PartOf part => $"{Part(part)} IN ({string.Join(", ", part.Values)})",
        Condition.Empty empty => $"{empty.Column.Sql} IS NULL",
        Condition.Beside { Same: { } within } beside =>
            $"{ExprSql.Of(beside.Left)} {beside.Operator} (SELECT {MeasureSql.Of(beside.Right)} FROM {TableProfile.Table} AS others WHERE others.{within.Sql} = {TableProfile.Table}.{within.Sql})",
        Condition.Beside beside => $"{ExprSql.Of(beside.Left)} {beside.Operator} (SELECT {MeasureSql.Of(beside.Right)} FROM {TableProfile.Table})",
        _ => throw new InvalidOperationException($"{condition.GetType().Name} has no SQL."),
    };

    private static string Part(Condition.PartOf part) => part.Part switch
    {
        Bucket.Weekday => $"isodow({part.Column.Sql})",
        Bucket.Hour => $"hour({part.Column.Sql})",
        Bucket.Quarter => $"quarter({part.Column.Sql})",
        Bucket.Day => $"day({part.Column.Sql})",
        _ => $"month({part.Column.Sql})",
    };

    private static string Within(Condition.Within within)
    {
        var column = within.Column.Sql;
        // A year may be a column of its own, as a number.
        string Edge(DateOnly day) => within.Column.IsNumber
            ? day.Year.ToString(CultureInfo.InvariantCulture)
            : $"DATE {SqlText.Value(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))}";
        return string.Join(" AND ", new[]
        {
            within.From is { } from ? $"{column} >= {Edge(from)}" : null,
            within.Before is { } before ? $"{column} < {Edge(before)}" : null,
        }.OfType<string>());
    }

    private static string Recent(Condition.Recent recent)
    {
        var (column, count) = (recent.Column.Sql, recent.Count.ToString(CultureInfo.InvariantCulture));
        var last = $"(SELECT max({column}) FROM {TableProfile.Table})";
        if (recent.Column.IsNumber)
            return $"{column} > {last} - {count}";
        return recent.Step switch
        {
            Bucket.Day => $"CAST({column} AS DATE) > CAST({last} AS DATE) - INTERVAL {count} DAY",
            Bucket.Week => $"CAST({column} AS DATE) > CAST({last} AS DATE) - INTERVAL {count} WEEK",
            Bucket.Month => $"CAST({column} AS DATE) > CAST({last} AS DATE) - INTERVAL {count} MONTH",
            Bucket.Quarter => $"CAST({column} AS DATE) > CAST({last} AS DATE) - INTERVAL {(recent.Count * 3).ToString(CultureInfo.InvariantCulture)} MONTH",
            Bucket.Hour => $"{column} > {last} - INTERVAL {count} HOUR",
            _ => $"CAST({column} AS DATE) > CAST({last} AS DATE) - INTERVAL {count} YEAR",
        };
    }
}

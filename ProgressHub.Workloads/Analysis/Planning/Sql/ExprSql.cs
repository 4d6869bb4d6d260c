using System.Globalization;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Sql;

/// <summary>Expressions as DuckDB reads them.</summary>
internal static class ExprSql
{
    /// <summary>An expression, in brackets where it needs them.</summary>
    public static string Of(Expr expr) => expr switch
    {
        Expr.Of { Column: var clock } when clock.IsClock() => clock.Seconds(),
        Expr.Of of => of.Column.Sql,
        Expr.Number number => Number(number.Value),
        Expr.Binary { Operator: '/' } two => $"({Real(two.Left)} / nullif({Real(two.Right)}, 0))",
        Expr.Binary { Operator: '*' } two => $"({Real(two.Left)} * {Real(two.Right)})",
        Expr.Binary two => $"({Of(two.Left)} {two.Operator} {Of(two.Right)})",
        // Of moments with their parts of a day: a night is no whole day.
        Expr.Days { From: var from, To: var to } when from.Type == ColumnType.DateTime && to.Type == ColumnType.DateTime => $"((epoch({to.Sql}) - epoch({from.Sql})) / 86400)",
        Expr.Days days => $"date_diff('day', {days.From.Sql}, {days.To.Sql})",
        _ => throw new InvalidOperationException($"{expr.GetType().Name} has no SQL."),
    };

    /// <summary>An expression as a binary fraction: products of decimals add their digits until they no longer fit.</summary>
    public static string Real(Expr expr) => expr is Expr.Of { Column: var column } && column.Stored.StartsWith("DECIMAL", StringComparison.Ordinal)
        ? $"CAST({column.Sql} AS DOUBLE)" : Of(expr);

    /// <summary>A number as it reads in every culture.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture) is var text && text.Contains('E', StringComparison.Ordinal)
        ? ((decimal)value).ToString(CultureInfo.InvariantCulture) : text;
}

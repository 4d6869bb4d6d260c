using ProgressHub.Workloads.Analysis.Planning.Forms;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Sql;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning;

/// <summary>A query as the plan that is shown: its SQL, its words, and how its result is to be read.</summary>
internal static class PlanShape
{
    private const int MaxPoints = 1000;

    public static QuestionPlan Of(Query query, TableProfile table)
    {
        var words = PlanWords.Of(query);
        return query switch
        {
            Query.Facts facts => new QuestionPlan(PlanKind.Value, Facts(facts, table), words) { Y = facts.OnlyCount ? "columns" : null },
            Query.Aggregate { Keys.Count: 0, Outputs: [{ Measure: Measure.Correlation two }, ..] } => new QuestionPlan(PlanKind.Correlation, QuerySql.Of(query), words)
            {
                X = Names.Of(two.Left), Y = Names.Of(two.Right), PointsSql = Points(two, query, table),
            },
            Query.Aggregate aggregate => Aggregate(aggregate, words),
            Query.Rows rows => new QuestionPlan(PlanKind.Rows, QuerySql.Of(query), words) { Y = rows.By is null ? null : Names.Of(rows.By), Descending = rows.By is null ? null : rows.Ranking?.Descending },
            Query.Values => new QuestionPlan(PlanKind.Values, QuerySql.Of(query), words),
            Query.Volatility of => new QuestionPlan(of.Key is null ? PlanKind.Value : PlanKind.Groups, QuerySql.Of(query), words) { X = of.Key?.Name, Y = "volatility", Descending = of.Key is null ? null : of.Ranking?.Descending ?? true },
            _ => new QuestionPlan(PlanKind.Value, QuerySql.Of(query), words),
        };
    }

    private static QuestionPlan Aggregate(Query.Aggregate query, string words)
    {
        var plan = new QuestionPlan(PlanKind.Value, QuerySql.Of(query), words) { Y = query.Outputs[0].Name };
        if (query.Keys.Count == 0)
            return plan;
        var value = query.Window switch { Window.Running => "running total", _ => query.Outputs[0].Name };
        var isTrend = query.Keys[0].IsInTime && query.Ranking is null;
        var x = query.Within is not null ? query.Keys[^1] : query.Keys[0];
        var series = query.Keys.Count == 2 ? query.Keys.FirstOrDefault(k => k != x)?.Name : null;
        return plan with
        {
            Kind = isTrend ? PlanKind.Trend : PlanKind.Groups, X = x.Name, Y = value, Series = series,
            Descending = query.Ranking?.Descending, Share = query.Window switch { Window.Share => "share in %", Window.Growth => "change in %", _ => null },
            Place = query.Ranking?.Nth, IsWithin = query.Within is not null,
            AddsUp = query.Outputs[0].Measure.AddsUp && query is { Window: null, Nested: null, Having.Count: 0, Within: null, Ranking: null or { Limit: null, Nth: null } },
        };
    }

    private static string Facts(Query.Facts facts, TableProfile table)
    {
        var rows = string.Join(", ", table.Columns.Select(c => $"({SqlText.Value(c.Name)}, {SqlText.Value(TypeWord(c.Type))})"));
        return facts.OnlyCount
            ? $"SELECT count(*) AS \"columns\"\nFROM (VALUES {rows}) AS of_table(name, type)"
            : $"SELECT name AS \"column\", type\nFROM (VALUES {rows}) AS of_table(name, type)";
    }

    private static string TypeWord(ColumnType type) => type switch
    {
        ColumnType.Whole => "whole number", ColumnType.Real => "number", ColumnType.Boolean => "yes or no", ColumnType.Date => "date", ColumnType.DateTime => "date and time", _ => "text",
    };

    private static string Points(Measure.Correlation two, Query query, TableProfile table)
    {
        var (left, right) = (ExprSql.Of(two.Left), ExprSql.Of(two.Right));
        var step = Math.Max(1, (table.Rows + MaxPoints - 1) / MaxPoints);
        var sample = step == 1 ? "" : $"\nQUALIFY row_number() OVER () % {step} = 0";
        return $"SELECT {left} AS {SqlText.Name(Names.Of(two.Left))}, {right} AS {SqlText.Name(Names.Of(two.Right))}\nFROM {TableProfile.Table}{QuerySql.Where(query.Where, $"{left} IS NOT NULL", $"{right} IS NOT NULL")}{sample}\nLIMIT {MaxPoints}";
    }
}

using System.Globalization;
using ProgressHub.Core.Workloads.Analysis.Planning;
using ProgressHub.Core.Workloads.Analysis.Sandbox;

namespace ProgressHub.Core.Workloads.Analysis.Charts;

/// <summary>Chooses the chart that suits a result.</summary>
internal static class ChartMaker
{
    private const int MaxBars = 50;
    private const int MaxLines = 12;
    private const int MaxPoints = 2000;

    /// <summary>The chart of a result.</summary>
    /// <param name="plan">What was asked of it.</param>
    /// <param name="result">The result.</param>
    /// <param name="points">For a chart of single points: them.</param>
    public static ChartSpec Of(QuestionPlan plan, QueryResult result, QueryResult? points)
    {
        if (points is not null && points.Columns.Count == 2)
        {
            var dots = points.Rows.Select(r => (X: Number(r[0]), Y: Number(r[1]))).Where(p => p.X is not null && p.Y is not null)
                .Select(p => new ChartPoint(null, p.X, p.Y!.Value)).Take(MaxPoints).ToList();
            return new ChartSpec(ChartType.Scatter, plan.Explanation, points.Columns[0].Name, points.Columns[1].Name, [new ChartSeries(null, dots)]);
        }

        var (x, y) = Axes(plan, result);
        if (x < 0 || y < 0 || x == y || result.Rows.Count < 2)
            return Table(plan);
        var series = Index(result, plan.Series);
        return plan.Kind == PlanKind.Trend || (plan.Kind == PlanKind.Any && IsTime(result.Columns[x]))
            ? Line(plan, result, x, y, series)
            : Bar(plan, result, x, y);
    }

    private static ChartSpec Table(QuestionPlan plan) => new(ChartType.Table, plan.Explanation, null, null, []);

    private static ChartSpec Bar(QuestionPlan plan, QueryResult result, int x, int y) => new(
        ChartType.Bar, plan.Explanation, result.Columns[x].Name, result.Columns[y].Name,
        [new ChartSeries(null, [.. Points(result.Rows, x, y).Take(MaxBars)])]);

    private static ChartSpec Line(QuestionPlan plan, QueryResult result, int x, int y, int series)
    {
        var lines = series < 0
            ? [new ChartSeries(null, [.. Points(result.Rows, x, y).Take(MaxPoints)])]
            : result.Rows.GroupBy(r => Text(r[series]) ?? "").Take(MaxLines)
                .Select(g => new ChartSeries(g.Key, [.. Points(g, x, y).Take(MaxPoints / MaxLines)])).ToList();
        return new ChartSpec(ChartType.Line, plan.Explanation, result.Columns[x].Name, result.Columns[y].Name, lines);
    }

    private static IEnumerable<ChartPoint> Points(IEnumerable<IReadOnlyList<object?>> rows, int x, int y) =>
        from row in rows
        let height = Number(row[y])
        where height is not null
        select new ChartPoint(Text(row[x]) ?? "–", null, height.Value);

    // A model names no axes: the first column that is no number, and the first number.
    private static (int X, int Y) Axes(QuestionPlan plan, QueryResult result)
    {
        if (plan.Kind is PlanKind.Rows or PlanKind.Value)
            return (-1, -1);
        if (plan.Kind != PlanKind.Any)
            return (Index(result, plan.X), Index(result, plan.Y));
        var columns = result.Columns.ToList();
        return (columns.FindIndex(c => !IsNumber(c)), columns.FindIndex(IsNumber));
    }

    private static int Index(QueryResult result, string? name) =>
        name is null ? -1 : result.Columns.ToList().FindIndex(c => c.Name == name);

    private static bool IsNumber(ResultColumn column) => column.Type is Tables.ColumnType.Whole or Tables.ColumnType.Real;

    private static bool IsTime(ResultColumn column) => column.Type is Tables.ColumnType.Date or Tables.ColumnType.DateTime;

    private static double? Number(object? value) => value switch { long whole => whole, double real => real, _ => null };

    private static string? Text(object? value) => value is null ? null : Convert.ToString(value, CultureInfo.InvariantCulture);
}

using System.Globalization;
using ProgressHub.Workloads.Analysis.Planning;
using ProgressHub.Workloads.Analysis.Sandbox;

namespace ProgressHub.Workloads.Analysis.Charts;

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
            : series >= 0 ? Groups(plan, result, x, y, series)
            : Bar(plan, result, x, y);
    }

    private static ChartSpec Table(QuestionPlan plan) => new(ChartType.Table, plan.Explanation, null, null, []);

    private static ChartSpec Bar(QuestionPlan plan, QueryResult result, int x, int y) => new(
        ChartType.Bar, plan.Explanation, result.Columns[x].Name, result.Columns[y].Name,
        [new ChartSeries(null, [.. Points(result.Rows, x, y).Take(MaxBars)])]);

    // Parts are stacked where they add up; otherwise a bar stands for each pair.
    private static ChartSpec Groups(QuestionPlan plan, QueryResult result, int x, int y, int series)
    {
        if (!plan.AddsUp || result.Truncated || result.Rows.Any(r => Number(r[y]) is not >= 0))
        {
            var pairs = result.Rows.Where(r => Number(r[y]) is not null).Take(MaxBars)
                .Select(r => new ChartPoint($"{Text(r[x]) ?? "–"} · {Text(r[series]) ?? "–"}", null, Number(r[y])!.Value));
            return new ChartSpec(ChartType.Bar, plan.Explanation, $"{result.Columns[x].Name} · {result.Columns[series].Name}", result.Columns[y].Name, [new ChartSeries(null, [.. pairs])]);
        }

        var shown = result.Rows.Select(r => Text(r[x]) ?? "–").Distinct().Take(MaxBars).ToHashSet(StringComparer.Ordinal);
        var parts = result.Rows.Where(r => shown.Contains(Text(r[x]) ?? "–")).GroupBy(r => Text(r[series]) ?? "–")
            .OrderByDescending(g => g.Sum(r => Number(r[y])!.Value)).ToList();
        List<ChartSeries> stacked = [.. parts.Take(parts.Count > MaxLines ? MaxLines - 1 : MaxLines).Select(g => new ChartSeries(g.Key, [.. Points(g, x, y)]))];
        if (parts.Count > MaxLines)
        {
            var rest = parts.Skip(MaxLines - 1).SelectMany(g => Points(g, x, y)).GroupBy(p => p.Label)
                .Select(g => new ChartPoint(g.Key, null, g.Sum(p => p.Y)));
            stacked.Add(new ChartSeries("all others", [.. rest]));
        }

        return new ChartSpec(ChartType.Stacked, plan.Explanation, result.Columns[x].Name, result.Columns[y].Name, stacked);
    }

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
        if (plan.Kind is PlanKind.Rows or PlanKind.Value or PlanKind.Values)
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

    private static double? Number(object? value) => value switch { long whole => whole, decimal exact => (double)exact, double real when double.IsFinite(real) => real, _ => null };

    private static string? Text(object? value) => value is null ? null : value is bool yes ? (yes ? "yes" : "no") : Convert.ToString(value, CultureInfo.InvariantCulture);
}

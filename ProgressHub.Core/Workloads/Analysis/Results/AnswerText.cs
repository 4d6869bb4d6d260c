using System.Globalization;
using ProgressHub.Core.Workloads.Analysis.Charts;
using ProgressHub.Core.Workloads.Analysis.Planning;
using ProgressHub.Core.Workloads.Analysis.Sandbox;

namespace ProgressHub.Core.Workloads.Analysis.Results;

/// <summary>Says in words what a result says in rows. Everything in it is from the result.</summary>
internal static class AnswerText
{
    private const int Named = 3;

    public static string Of(QuestionPlan plan, QueryResult result)
    {
        if (result.Rows.Count == 0)
            return "No row fits the question.";
        return plan.Kind switch
        {
            PlanKind.Value => Values(result),
            PlanKind.Groups => Groups(plan, result),
            PlanKind.Trend when plan.Series is null => Trend(plan, result),
            PlanKind.Correlation when plan.PointsSql is not null => Correlation(plan, result),
            PlanKind.Rows when plan.Y is not null && result.Rows.Count == 1 => Values(result),
            PlanKind.Any when result.Rows.Count == 1 => $"{plan.Explanation} {Values(result)}",
            _ => string.Create(CultureInfo.InvariantCulture, $"{plan.Explanation.TrimEnd('.')}: {result.Rows.Count:N0}{(result.Truncated ? " and more" : "")} rows."),
        };
    }

    private static string Values(QueryResult result) =>
        string.Join(", ", result.Columns.Select((c, i) => $"{c.Name}: {Show(result.Rows[0][i])}")) + ".";

    private static string Groups(QuestionPlan plan, QueryResult result)
    {
        var (x, y) = (Index(result, plan.X), Index(result, plan.Y));
        if (x < 0 || y < 0)
            return $"{plan.Explanation}.";
        var first = result.Rows[0];
        var others = string.Join(", ", result.Rows.Skip(1).Take(Named).Select(r => $"{Show(r[x])} ({Show(r[y])})"));
        var more = result.Rows.Count - 1 - Named;
        return $"{Show(first[x])} has {Superlative(result.Columns[y].Name, plan.Descending != false)}: {Show(first[y])}." +
            (others.Length == 0 ? "" : $" Then {others}{(more > 0 ? string.Create(CultureInfo.InvariantCulture, $" and {more} more") : "")}.");
    }

    private static string Superlative(string name, bool most) => name switch
    {
        "rows" => most ? "the most rows" : "the fewest rows",
        _ when name.StartsWith("highest ", StringComparison.Ordinal) || name.StartsWith("lowest ", StringComparison.Ordinal) => $"the {(most ? "greatest" : "least")} {name}",
        _ => $"the {(most ? "highest" : "lowest")} {name}",
    };

    private static string Trend(QuestionPlan plan, QueryResult result)
    {
        var (x, y) = (Index(result, plan.X), Index(result, plan.Y));
        var points = result.Rows.Where(r => Number(r[y]) is not null).ToList();
        if (points.Count == 0)
            return $"{plan.Explanation}: no values.";
        var (from, to) = (Number(points[0][y])!.Value, Number(points[^1][y])!.Value);
        var change = from == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({(to - from) / Math.Abs(from):+0.0%;-0.0%})");
        var verb = to > from ? "rose" : to < from ? "fell" : "stayed at";
        return to == from
            ? $"From {Show(points[0][x])} to {Show(points[^1][x])} the {plan.Y} {verb} {Show(points[0][y])}."
            : $"From {Show(points[0][x])} to {Show(points[^1][x])} the {plan.Y} {verb} from {Show(points[0][y])} to {Show(points[^1][y])}{change}.";
    }

    private static string Correlation(QuestionPlan plan, QueryResult result)
    {
        var row = result.Rows[0];
        if (Number(row[0]) is not { } correlation)
            return $"The correlation of {plan.X} and {plan.Y} is not defined: one of them does not vary.";
        var strength = Math.Abs(correlation) switch { >= 0.9 => "very strong", >= 0.7 => "strong", >= 0.4 => "moderate", >= 0.2 => "weak", _ => "next to none" };
        return string.Create(CultureInfo.InvariantCulture, $"The correlation of {plan.X} and {plan.Y} is {correlation:0.000} ({strength}), over {Show(row[2])} rows.");
    }

    private static int Index(QueryResult result, string? name) => result.Columns.ToList().FindIndex(c => c.Name == name);

    private static double? Number(object? value) => value switch { long whole => whole, double real => real, _ => null };

    private static string Show(object? value) => value switch
    {
        null => "nothing",
        long whole => Scale.Name(whole),
        double real => Scale.Name(real),
        _ => (string)value,
    };
}

using System.Globalization;
using System.Numerics;
using ProgressHub.Workloads.Analysis.Charts;
using ProgressHub.Workloads.Analysis.Planning;
using ProgressHub.Workloads.Analysis.Sandbox;

namespace ProgressHub.Workloads.Analysis.Results;

/// <summary>Says in words what a result says in rows. Everything in it is from the result.</summary>
internal static class AnswerText
{
    private const int ListedValues = 20;

    public static string Of(QuestionPlan plan, QueryResult result)
    {
        if (result.Rows.Count == 0)
            return "No row fits the question.";
        return plan.Kind switch
        {
            PlanKind.Value => Values(result),
            PlanKind.Groups => GroupText.Of(plan, result),
            PlanKind.Trend when plan.Series is null => Trend(plan, result),
            PlanKind.Correlation => Correlation(plan, result),
            PlanKind.Values when result.Columns.Count == 1 => Listed(result),
            PlanKind.Rows when result.Rows.Count == 1 => Values(result),
            PlanKind.Any when result.Rows.Count == 1 => $"{plan.Explanation} {Values(result)}",
            _ => string.Create(CultureInfo.InvariantCulture, $"{plan.Explanation.TrimEnd('.')}: {result.Rows.Count:N0}{(result.Truncated ? " and more" : "")} {(result.Rows.Count == 1 ? "row" : "rows")}."),
        };
    }

    /// <summary>A cell as it is said.</summary>
    public static string Show(object? value) => value switch
    {
        null => "nothing",
        true => "yes",
        false => "no",
        long whole => whole.ToString("#,0", CultureInfo.InvariantCulture),
        decimal exact => Exact(exact),
        string digits when digits.Length > 18 && BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var huge) =>
            huge.ToString("#,0", CultureInfo.InvariantCulture),
        _ when Number(value) is { } number => Scale.Name(number),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>A decimal with all of its digits but noughts at its end.</summary>
    public static string Exact(decimal value) => value.ToString("#,0.############################", CultureInfo.InvariantCulture);

    /// <summary>A cell as it is said in its column: percentages with their sign.</summary>
    public static string Show(object? value, string column) =>
        column.EndsWith("in %", StringComparison.Ordinal) && Number(value) is { } percent ? string.Create(CultureInfo.InvariantCulture, $"{percent:0.##} %") : Show(value);

    /// <summary>A cell's number; null where it is none.</summary>
    public static double? Number(object? value) => value switch { long whole => whole, double real => real, decimal exact => (double)exact, int small => small, _ => null };

    /// <summary>Where a column of the result is; -1 where it has no such.</summary>
    public static int Index(QueryResult result, string? name) => result.Columns.ToList().FindIndex(c => c.Name == name);

    // A yes or a no comes first, and then what it rests on.
    private static string Values(QueryResult result)
    {
        var row = result.Rows[0];
        var from = result.Columns[0].Name == "answer" ? 1 : 0;
        var said = from == 0 ? "" : row[0] switch { null => "There is nothing to compare. ", true or 1L => "Yes. ", _ => "No. " };
        return said + string.Join(", ", result.Columns.Skip(from).Select((c, i) => $"{Label(c.Name)}: {Show(row[i + from], c.Name)}")) + ".";
    }

    private static string Label(string name) => name.EndsWith(" in %", StringComparison.Ordinal) ? name[..^5] : name;

    private static string Listed(QueryResult result)
    {
        var values = result.Rows.Take(ListedValues).Select(r => Show(r[0]));
        var more = result.Rows.Count - ListedValues;
        return string.Create(CultureInfo.InvariantCulture, $"{result.Rows.Count:N0} different {result.Columns[0].Name}: {string.Join(", ", values)}{(more > 0 ? $" and {more:N0} more" : "")}.");
    }

    private static string Trend(QuestionPlan plan, QueryResult result)
    {
        var (x, y) = (Index(result, plan.X), Index(result, plan.Y));
        var points = result.Rows.Where(r => y >= 0 && Number(r[y]) is not null).ToList();
        if (points.Count == 0)
            return $"{plan.Explanation}: no values.";
        var (from, to) = (Number(points[0][y])!.Value, Number(points[^1][y])!.Value);
        var change = from == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({(to - from) / Math.Abs(from):+0.0%;-0.0%})");
        var verb = to > from ? "rose" : "fell";
        return to == from
            ? $"From {Show(points[0][x])} to {Show(points[^1][x])} the {plan.Y} stayed at {Show(points[0][y])}."
            : $"From {Show(points[0][x])} to {Show(points[^1][x])} the {plan.Y} {verb} from {Show(points[0][y])} to {Show(points[^1][y])}{change}.";
    }

    private static string Correlation(QuestionPlan plan, QueryResult result)
    {
        var row = result.Rows[0];
        if (Number(row[0]) is not { } correlation || double.IsNaN(correlation))
            return $"The correlation of {plan.X} and {plan.Y} is not defined: one of them does not vary.";
        var strength = Math.Abs(correlation) switch { >= 0.9 => "very strong", >= 0.7 => "strong", >= 0.4 => "moderate", >= 0.2 => "weak", _ => "next to none" };
        return string.Create(CultureInfo.InvariantCulture, $"The correlation of {plan.X} and {plan.Y} is {correlation:0.000} ({strength}), over {Show(row[^1])} rows.");
    }
}

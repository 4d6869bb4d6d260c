using System.Globalization;
using ProgressHub.Workloads.Analysis.Planning;
using ProgressHub.Workloads.Analysis.Sandbox;

namespace ProgressHub.Workloads.Analysis.Results;

/// <summary>Says in words which groups have the most or the least; those that tie are said to.</summary>
internal static class GroupText
{
    private const int Named = 3;
    private const int NamedWithin = 6;

    public static string Of(QuestionPlan plan, QueryResult result)
    {
        var (x, y, share) = (AnswerText.Index(result, plan.X), AnswerText.Index(result, plan.Y), AnswerText.Index(result, plan.Share));
        if (x < 0 || y < 0)
            return $"{plan.Explanation}.";
        string Value(IReadOnlyList<object?> row) => AnswerText.Show(row[y], plan.Y!) + (share >= 0 && row[share] is not null ? $", {AnswerText.Show(row[share], plan.Share!)}" : "");
        string Name(IReadOnlyList<object?> row) => Label(plan, result, row, x);
        if (plan.IsWithin || plan.Descending is null)
        {
            var within = AnswerText.Index(result, plan.Series);
            var all = result.Rows.Take(NamedWithin).Select(r => within >= 0 && plan.IsWithin ? $"{AnswerText.Show(r[within])}: {AnswerText.Show(r[x])} ({Value(r)})" : $"{Name(r)} ({Value(r)})");
            return $"{string.Join(plan.IsWithin ? "; " : ", ", all)}{More(result.Rows.Count - NamedWithin)}.";
        }

        var first = result.Rows[0];
        var tied = result.Rows.TakeWhile(r => Equals(r[y], first[y])).ToList();
        var others = string.Join(", ", result.Rows.Skip(tied.Count).Take(Named).Select(r => $"{Name(r)} ({AnswerText.Show(r[y], plan.Y!)})"));
        var names = string.Join(" and ", tied.Take(Named + 1).Select(Name)) + More(tied.Count - Named - 1);
        var place = plan.Place is { } nth ? $"{Ordinal(nth)} " : "";
        return $"{names} {(tied.Count > 1 ? "tie for" : "has")} {Superlative(place, result.Columns[y].Name, plan.Descending != false)}: {Value(first)}." +
            (others.Length == 0 ? "" : $" Then {others}{More(result.Rows.Count - tied.Count - Named)}.");
    }

    private static string Label(QuestionPlan plan, QueryResult result, IReadOnlyList<object?> row, int x)
    {
        var other = AnswerText.Index(result, plan.Series);
        return other >= 0 && other != x ? $"{AnswerText.Show(row[x])} / {AnswerText.Show(row[other])}" : AnswerText.Show(row[x]);
    }

    private static string More(int more) => more > 0 ? string.Create(CultureInfo.InvariantCulture, $" and {more:N0} more") : "";

    private static string Superlative(string place, string name, bool most) => name switch
    {
        "rows" => most ? $"the {place}most rows" : $"the {place}fewest rows",
        _ when name.StartsWith("highest ", StringComparison.Ordinal) || name.StartsWith("lowest ", StringComparison.Ordinal) => $"the {place}{(most ? "greatest" : "least")} {name}",
        _ => $"the {place}{(most ? "highest" : "lowest")} {name}",
    };

    private static string Ordinal(int n) => n switch { 1 => "first", 2 => "second", 3 => "third", _ => string.Create(CultureInfo.InvariantCulture, $"{n}th") };
}

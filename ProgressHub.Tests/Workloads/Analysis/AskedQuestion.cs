using System.Globalization;
using ProgressHub.Workloads.Analysis.Planning;
using ProgressHub.Workloads.Analysis.Results;
using ProgressHub.Workloads.Analysis.Sandbox;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Tests.Workloads.Analysis;

/// <summary>
/// A question over a table of the tests, and what its right answer is: a query that a person wrote (<c>top</c> before it
/// where only the first row counts, <c>yesno</c> where a yes or a no is wanted), <c>NO</c> where the table can't answer,
/// <c>ASK</c> where it must be asked back, or <c>EMPTY</c> where no row fits.
/// </summary>
internal sealed record AskedQuestion(string Table, string Question, string Gold)
{
    /// <summary>What came of it.</summary>
    public enum Verdict
    {
        /// <summary>It is answered rightly, or refused or asked back where it should be.</summary>
        Right,

        /// <summary>It is refused, or asked back, though it could be answered.</summary>
        Told,

        /// <summary>It is answered wrongly.</summary>
        Wrong,
    }

    public static IReadOnlyList<AskedQuestion> Read(string file) =>
        [.. File.ReadAllLines(file).Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split('\t')).Select(p => new AskedQuestion(p[0], p[1], p[2]))];

    /// <summary>Asks it, and compares the answer with the right one.</summary>
    /// <param name="table">What is known of its table.</param>
    /// <param name="run">Runs a query over it.</param>
    public (Verdict Verdict, string Note) Ask(TableProfile table, Func<string, QueryResult> run)
    {
        var outcome = RulesPlanner.Plan(Question, table, new Dictionary<string, string>());
        if (outcome is not PlanOutcome.Ready { Plan: var plan })
            return Gold == "NO" || (Gold == "ASK" && outcome is PlanOutcome.Unclear) ? (Verdict.Right, "") : (Verdict.Told, outcome.ToString()!);
        var result = run(plan.Sql);
        var text = AnswerText.Of(plan, result);
        return IsRight(run, result.Rows, text) ? (Verdict.Right, "") : (Verdict.Wrong, $"{text} [{plan.Explanation}] {plan.Sql}");
    }

    private bool IsRight(Func<string, QueryResult> run, IReadOnlyList<IReadOnlyList<object?>> rows, string text)
    {
        if (Gold is "NO" or "ASK" or "EMPTY")
            return Gold == "EMPTY" && rows.Count == 0;
        var mode = Gold.Split(' ')[0];
        var wanted = run(mode is "top" or "yesno" ? Gold[(mode.Length + 1)..] : Gold).Rows;
        return mode switch
        {
            "yesno" => text.StartsWith((bool)wanted[0][0]! ? "Yes." : "No.", StringComparison.Ordinal),
            "top" => rows.Count > 0 && Has(rows[0], wanted[0]),
            _ => rows.Count == wanted.Count && wanted.All(w => rows.Any(r => Has(r, w))),
        };
    }

    // The answer may tell more about a row than was asked.
    private static bool Has(IReadOnlyList<object?> row, IReadOnlyList<object?> wanted)
    {
        var free = row.ToList();
        foreach (var value in wanted)
        {
            var at = free.FindIndex(v => IsSame(v, value));
            if (at < 0)
                return false;
            free.RemoveAt(at);
        }

        return true;
    }

    private static bool IsSame(object? a, object? b)
    {
        if (a is null || b is null)
            return a is null && b is null;
        if (a is string or bool || b is string or bool)
            return Convert.ToString(a, CultureInfo.InvariantCulture) == Convert.ToString(b, CultureInfo.InvariantCulture);
        var (x, y) = (Convert.ToDouble(a, CultureInfo.InvariantCulture), Convert.ToDouble(b, CultureInfo.InvariantCulture));
        return Math.Abs(Math.Abs(x) - Math.Abs(y)) <= 1e-6 * Math.Max(1, Math.Abs(y));
    }
}

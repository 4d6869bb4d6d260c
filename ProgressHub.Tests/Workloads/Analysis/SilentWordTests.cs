using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Analysis.Planning;

namespace ProgressHub.Tests.Workloads.Analysis;

/// <summary>
/// Words that bear meaning, put into questions that are understood: each changes the plan, is named, is asked about, or ends the
/// question. None is dropped in silence.
/// </summary>
public sealed class SilentWordTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Data", "Questions");

    // What no column or value of the tables is called, and no question says already.
    private static readonly string[] Words =
    [
        "purple", "except", "twice", "per head", "before noon", "at night", "unpaid", "foreign", "temporary", "mostly", "rarely", "excluding tax", "rounded",
        "remaining", "never", "at least 3", "more than 9999", "since 1990", "yesterday", "half of", "other", "starting", "nobody", "cheapest", "respectable",
    ];

    [Theory]
    [InlineData("asked.tsv"), InlineData("fresh.tsv"), InlineData("unseen-wards.tsv"), InlineData("unseen-claims.tsv")]
    public void A_word_that_bears_meaning_is_never_dropped_in_silence(string file)
    {
        var choices = new Dictionary<string, string>();
        List<string> silent = [];
        var tried = 0;
        foreach (var group in AskedQuestion.Read(Path.Combine(Folder, file)).GroupBy(q => q.Table))
        {
            using var table = new TableFile(File.ReadAllBytes(Path.Combine(Folder, group.Key)), null, group.Key);
            foreach (var (asked, n) in group.Select((q, n) => (q.Question, n)))
            {
                if (RulesPlanner.Plan(asked, table.Profile, choices) is not PlanOutcome.Ready { Plan: var plan })
                    continue;
                var tokens = asked.Split(' ');
                for (var at = 0; at < tokens.Length; at++)
                {
                    var word = Words[((n * 7) + at) % Words.Length];
                    var text = string.Join(' ', tokens[..at].Append(word).Concat(tokens[at..]));
                    tried++;
                    if (RulesPlanner.Plan(text, table.Profile, choices) is PlanOutcome.Ready { Plan: var other } && other.Sql == plan.Sql
                        && other.Assumptions.Except(plan.Assumptions).All(a => !word.Split(' ').Any(w => a.Contains(w, StringComparison.OrdinalIgnoreCase))))
                    {
                        silent.Add($"{group.Key}: {text}");
                    }
                }
            }
        }

        Assert.True(tried > 200, $"{tried} tried");
        Assert.True(silent.Count == 0, string.Join('\n', silent));
    }

    [Theory]
    [InlineData("clinic_visits.csv", "What did private patients pay for?")]
    [InlineData("clinic_visits.csv", "What did urgent patients get?")]
    [InlineData("clinic_visits.csv", "How did urgent visits go?")]
    [InlineData("inventory.csv", "How many sold products are there?")]
    [InlineData("loans.csv", "How many borrowers made a single loan?")]
    [InlineData("loans.csv", "loans in a row")]
    [InlineData("employees.csv", "Did everybody leave?")]
    [InlineData("turbines.csv", "moving average of production by month")]
    [InlineData("transit_trips.csv", "Which line has the longest average passengers?")]
    [InlineData("clinic_visits.csv", "highest starting charge")]
    [InlineData("clinic_visits.csv", "visits with a charge of about 100")]
    [InlineData("clinic_visits.csv", "How many visits are urgent, and how many of those are in Cardiology?")]
    [InlineData("grades.csv", "trend of the average score of Ada")]
    [InlineData("employees.csv", "How many people work in Sales now?")]
    public void What_would_change_the_answer_is_told(string table, string question)
    {
        using var file = new TableFile(File.ReadAllBytes(Path.Combine(Folder, table)), null, table);

        Assert.IsNotType<PlanOutcome.Ready>(RulesPlanner.Plan(question, file.Profile, new Dictionary<string, string>()));
    }
}

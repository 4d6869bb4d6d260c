using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Workloads.Analysis;

/// <summary>
/// What people ask of sixty tables, each question with an answer that was worked out apart from the planner. A wrong answer
/// is the worst there is; a refusal is honest, and still counts as not right.
/// </summary>
public sealed class AskedQuestionsTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Data", "Questions");

    [Theory]
    [InlineData("asked.tsv", 150, 0.9), InlineData("asked-later.tsv", 60, 0.85), InlineData("asked-last.tsv", 60, 0.85), InlineData("fresh.tsv", 140, 0.95)]
    [InlineData("unseen.tsv", 50, 0.85), InlineData("unseen-later.tsv", 50, 0.85), InlineData("unseen-last.tsv", 30, 0.75), InlineData("mended.tsv", 12, 0.9), InlineData("fresh-kinds.tsv", 49, 0.95), InlineData("fresh-words.tsv", 22, 0.9), InlineData("fresh-states.tsv", 10, 0.8), InlineData("breadth.tsv", 19, 0.9)]
    [InlineData("unseen-wards.tsv", 60, 0.85), InlineData("unseen-property.tsv", 60, 0.9), InlineData("unseen-harvests.tsv", 60, 0.85), InlineData("unseen-subscriptions.tsv", 60, 0.85)]
    [InlineData("unseen-claims.tsv", 60, 0.85), InlineData("unseen-invoices.tsv", 48, 0.75), InlineData("unseen-theatre.tsv", 70, 0.8), InlineData("unseen-races.tsv", 60, 0.75), InlineData("unseen-grants.tsv", 19, 0.9), InlineData("rewording.tsv", 26, 0.95)]
    public void Questions_are_answered_rightly_and_none_is_answered_wrongly(string file, int least, double floor)
    {
        var questions = AskedQuestion.Read(Path.Combine(Folder, file));
        List<string> wrong = [];
        List<string> told = [];
        foreach (var group in questions.GroupBy(q => q.Table))
        {
            using var table = new TableFile(File.ReadAllBytes(Path.Combine(Folder, group.Key)), null, group.Key);
            foreach (var question in group)
            {
                var (verdict, note) = question.Ask(table.Profile, table.Run);
                if (verdict != AskedQuestion.Verdict.Right)
                    (verdict == AskedQuestion.Verdict.Wrong ? wrong : told).Add($"{question.Table}: {question.Question}\n  {note}");
            }
        }

        Assert.True(questions.Count >= least, $"{questions.Count} questions");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(questions.Count - told.Count >= floor * questions.Count, string.Join('\n', told));
    }
}

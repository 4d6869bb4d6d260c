using ProgressHub.Core.Progress;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Knowledge.Ask;

namespace ProgressHub.Tests.Workloads.FirstRuns;

/// <summary>First questions to a model: bar and estimate come true where the answer is of usual length, and are not far off else.</summary>
public sealed class AnswerTruthTests
{
    [Theory]
    [InlineData(0.05, 2, 118, 1000), InlineData(0.05, 15, 105, 1000), InlineData(3, 15, 105, 950), InlineData(0.3, 25, 95, 1040)]
    [InlineData(0.05, 4, 56, 1000), InlineData(1, 10, 110, 1000), InlineData(0.3, 15, 345, 1000)]
    public async Task An_answer_of_usual_length(double retrieval, double firstWord, double writing, int characters)
    {
        using var run = await AnswerAsync(retrieval, firstWord, writing, characters);

        // Until its first words have come nobody knows how long a model takes.
        run.AssertTruth(from: firstWord < 0.2 * (firstWord + writing) ? 0.25 : 0.5);
    }

    [Fact]
    public async Task How_quickly_passages_are_found_says_nothing_of_a_model()
    {
        using var quick = await AnswerAsync(retrieval: 0.01, firstWord: 20, writing: 100, 1000);
        using var slow = await AnswerAsync(retrieval: 2, firstWord: 20, writing: 100, 1000);

        Assert.InRange(quick.Judge()[0].Bar, 0.05, 0.15);
        Assert.InRange(slow.Judge()[0].Bar, 0.05, 0.17);
    }

    [Fact]
    public async Task Of_an_answer_that_is_longer_than_usual_ever_more_is_expected()
    {
        using var run = await AnswerAsync(retrieval: 0.3, firstWord: 10, writing: 110, characters: 2500);

        var shown = run.Judge();

        // At three quarters of it nearly twice the usual length has come.
        Assert.InRange(shown[3].Left!.Value, 0.6, 1.25);
    }

    [Fact]
    public void What_has_come_rules_shorter_answers_out()
    {
        double[] written = [0, 250, 500, 900, 1000, 1500, 2000, 4000, 100_000];
        var whole = written.Select(w => w + AnswerLengths.More(1000, w)).ToList();

        Assert.Equal(whole.Order(), whole);
        Assert.InRange(whole[0], 970, 1030);
        Assert.InRange(whole[2], 970, 1060);
        Assert.All(written.Zip(whole).Skip(5), pair => Assert.InRange(pair.Second, 1.15 * pair.First, 2 * pair.First));
    }

    private static async Task<FirstRun> AnswerAsync(double retrieval, double firstWord, double writing, int characters)
    {
        const int Piece = 10;
        var run = await FirstRun.StartAsync(AskWorkload.PlanFor("openai"));
        run.Begin("processing");
        Guess(0.3);
        run.Work(0.02);
        run.Begin("analyzing_rag");
        Guess(0.5);
        run.Work(retrieval);
        run.Begin(AnswerPace.Stage);
        Guess(0.27);
        var pace = new AnswerPace(run, AskLanguage.English);
        pace.Wait();
        run.Work(firstWord, _ => Guess(0.4));
        for (var at = 0; at < characters; at += Piece)
        {
            pace.Add(new string('x', Piece));
            run.Work(writing * Piece / characters);
            Guess(0.6);
        }

        run.Begin("completed");
        Guess(0.9);
        run.Work(0.02);
        return run;

        void Guess(double share) => run.Report(new ProgressUpdate { Fraction = share, Estimated = true });
    }
}

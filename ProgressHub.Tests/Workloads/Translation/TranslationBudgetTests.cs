using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Workloads.Translation;

public sealed class TranslationBudgetTests
{
    [Theory]
    [InlineData("openai"), InlineData("anthropic")]
    public async Task A_budget_ends_the_job_and_what_is_translated_is_kept(string engine)
    {
        await using var model = await ToolModel.StartAsync();
        model.Otherwise = ModelTurn.Says("""[{"id":1,"text":"Fertig."}]""") with { Usage = (300, 20) };
        await using var host = new TranslationHost([.. model.Settings(), ("Translation:MaxParallelBatches", "1")]);
        using var context = new FakeWorkloadContext(new
        {
            text = string.Join("\n\n", Enumerable.Repeat("A paragraph that is long enough to be a batch of its own, and longer.", 8)),
            targetLanguage = "de", engine, batchCharacters = 60, budgetTokens = 1500,
        });

        var failure = await Assert.ThrowsAsync<WorkloadException>(() => host.Workload.RunAsync(context));

        Assert.Equal("budget_exceeded", failure.Code);
        Assert.False(failure.IsTransient);
        Assert.InRange(context.Partials.Count(p => p.Ok), 2, 5);
        Assert.DoesNotContain(context.Partials, p => !p.Ok);
        Assert.Equal(context.Usage.Calls, model.Requests.Count);
        
        // What a model tells may be more than was estimated, in one call.
        Assert.InRange(context.Usage.Tokens, 600, 1500 + 320);
    }
}

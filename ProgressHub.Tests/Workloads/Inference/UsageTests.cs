using Microsoft.Extensions.AI;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Inference.Usage;

namespace ProgressHub.Tests.Workloads.Inference;

/// <summary>What jobs use of models, through the real SDKs and both protocols: all of it is counted, and bounded.</summary>
public sealed class UsageTests : IAsyncLifetime
{
    private ToolModel _model = null!;

    public async Task InitializeAsync() => _model = await ToolModel.StartAsync();

    public async Task DisposeAsync() => await _model.DisposeAsync();

    [Theory]
    [InlineData("openai"), InlineData("anthropic")]
    public async Task What_the_endpoint_tells_is_counted_and_priced(string engine)
    {
        var used = await AskAsync(engine, ("Inference:Prices:m1:InputPerMillion", "2.5"), ("Inference:Prices:m1:OutputPerMillion", "10"), ("Inference:Currency", "EUR"));

        Assert.Equal(new JobUsage(100, 20, 1) { Cost = 0.00045m, Currency = "EUR" }, used);
    }

    [Theory]
    [InlineData("openai"), InlineData("anthropic")]
    public async Task Without_a_price_no_cost_is_told(string engine) =>
        Assert.Equal(new JobUsage(100, 20, 1), await AskAsync(engine, ("Inference:Prices:other:InputPerMillion", "1")));

    /// <summary>Names of models have colons, and capitals as it pleases.</summary>
    [Fact]
    public async Task A_price_is_found_by_a_name_with_colons()
    {
        await using var host = KnowledgeHost.Start(
            [.. _model.Settings("Llama3:8b-Instruct"), ("Inference:Prices:llama3:8b-instruct:OutputPerMillion", "1")]);

        Assert.Equal(new JobUsage(100, 20, 1) { Cost = 0.00002m, Currency = "USD" }, await AskAsync(host, "openai"));
    }

    [Fact]
    public async Task Where_the_endpoint_tells_nothing_it_is_estimated_and_says_so()
    {
        _model.Plays(ModelTurn.Says(new string('a', 400)) with { Usage = null });

        var used = await AskAsync("openai");

        Assert.True(used.Estimated);
        Assert.Equal((100, 1), (used.OutputTokens, used.Calls));
        Assert.InRange(used.InputTokens, 200, 5000);
    }

    [Fact]
    public async Task An_answer_that_was_lost_counts_and_so_does_a_refusal_without_tokens()
    {
        _model.Plays(
            ModelTurn.Says("") with { Status = 500 }, ModelTurn.Says(new string('b', 80)) with { BreaksOff = true }, ModelTurn.Says("Yes [1]."));

        var used = await AskAsync("openai");

        Assert.Equal(3, used.Calls);
        Assert.True(used.Estimated);
        Assert.Equal(20 + 20, used.OutputTokens);
        Assert.InRange(used.InputTokens, 300, 5000);
    }

    /// <summary>It was read, whoever gave up on its answer.</summary>
    [Fact]
    public async Task A_call_that_fell_silent_before_its_first_word_counts_as_read()
    {
        await using var server = await EngineServer.StartAsync();
        server.Always = EngineFault.Stall;
        server.Says = "Never.";
        await using var host = KnowledgeHost.Start(
            ("Inference:OpenAI:Endpoint", server.OpenAI), ("Inference:OpenAI:ChatModel", "m1"), ("Inference:StallTimeout", "00:00:02"), ("Inference:MaxRetries", "0"));
        using var context = Job("openai");

        Assert.Equal("engine_unavailable", (await Assert.ThrowsAsync<WorkloadException>(() => host.Ask.RunAsync(context))).Code);

        Assert.Equal(1, context.Usage.Calls);
        Assert.InRange(context.Usage.InputTokens, 300, 5000);
        Assert.True(context.Usage.Estimated);
    }

    [Fact]
    public async Task What_nobody_answers_at_has_used_nothing()
    {
        await using var host = KnowledgeHost.Start(
            ("Inference:OpenAI:Endpoint", "http://127.0.0.1:9/v1"), ("Inference:OpenAI:ChatModel", "m1"), ("Inference:MaxRetries", "1"), ("Inference:RetryDelay", "00:00:00"));
        using var context = Job("openai");

        await Assert.ThrowsAsync<WorkloadException>(() => host.Ask.RunAsync(context));

        Assert.Equal(new JobUsage(0, 0, 2), context.Usage);
    }

    [Theory]
    [InlineData("openai"), InlineData("anthropic")]
    public async Task A_budget_that_the_question_alone_passes_asks_nothing(string engine)
    {
        var failure = await Assert.ThrowsAsync<WorkloadException>(() => AskAsync(engine, ("Inference:Budget:Tokens", "50")));

        Assert.Equal("budget_exceeded", failure.Code);
        Assert.Contains("50 tokens", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_model.Requests);
    }

    [Fact]
    public async Task An_answer_that_passes_the_budget_is_cut_off_where_it_does()
    {
        _model.Otherwise = ModelTurn.Says(string.Concat(Enumerable.Repeat("word. ", 20_000)));
        await using var host = KnowledgeHost.Start([.. _model.Settings(), ("Inference:Budget:Tokens", "6000")]);
        using var context = Job("openai");

        var failure = await Assert.ThrowsAsync<WorkloadException>(() => host.Ask.RunAsync(context));

        Assert.Equal("budget_exceeded", failure.Code);
        Assert.False(failure.IsTransient);
        Assert.Contains("word.", context.Text, StringComparison.Ordinal);
        Assert.InRange(context.Usage.Tokens, 3000, 6500);
        Assert.True(context.Usage.Estimated);
    }

    [Fact]
    public async Task A_budget_of_cost_stops_at_the_cost_and_needs_a_price()
    {
        await using var priced = KnowledgeHost.Start(
            [.. _model.Settings(), ("Inference:Budget:Cost", "0.001"), ("Inference:Prices:m1:InputPerMillion", "1000000")]);
        await using var unpriced = KnowledgeHost.Start([.. _model.Settings(), ("Inference:Budget:Cost", "0.001")]);

        Assert.Equal("budget_exceeded", (await Assert.ThrowsAsync<WorkloadException>(() => AskAsync(priced, "openai"))).Code);
        Assert.Equal("budget_unpriced", (await Assert.ThrowsAsync<WorkloadException>(() => AskAsync(unpriced, "openai"))).Code);
        Assert.Empty(_model.Requests);
    }

    [Fact]
    public async Task A_submission_may_allow_itself_less_and_not_more()
    {
        await using var host = KnowledgeHost.Start([.. _model.Settings(), ("Inference:Budget:Tokens", "20000")]);
        using var less = Job("openai", budget: 50);
        using var more = Job("openai", budget: 1_000_000);
        await more.AddUsageAsync(new JobUsage(19_900, 0, 1));

        Assert.Equal("budget_exceeded", (await Assert.ThrowsAsync<WorkloadException>(() => host.Ask.RunAsync(less))).Code);
        Assert.Equal("budget_exceeded", (await Assert.ThrowsAsync<WorkloadException>(() => host.Ask.RunAsync(more))).Code);
        Assert.Empty(_model.Requests);
    }

    /// <summary>Some endpoints tell the total so far with every piece.</summary>
    [Fact]
    public async Task A_total_that_is_told_again_and_again_counts_once()
    {
        using var context = new FakeWorkloadContext(new { });
        var call = new JobMeter(context, UsageBudget.None).Begin(new ModelRate("m", null, "USD", UsageBudget.None), 7);

        foreach (var told in (int[])[1, 5, 9])
        {
            call.Hear(new ChatResponseUpdate(ChatRole.Assistant, [new TextContent("x"), new UsageContent(new UsageDetails { InputTokenCount = 50, OutputTokenCount = told })]));
        }

        await call.EndAsync(complete: true);
        Assert.Equal(new JobUsage(50, 9, 1), context.Usage);
    }

    /// <summary>Several calls at once can't pass the budget together.</summary>
    [Fact]
    public async Task Calls_under_way_hold_their_share_of_the_budget_until_they_end()
    {
        using var context = new FakeWorkloadContext(new { });
        var meter = new JobMeter(context, new UsageBudget(100, null));
        var rate = new ModelRate("m", null, "USD", UsageBudget.None);
        var first = meter.Begin(rate, 60);

        Assert.Equal("budget_exceeded", Assert.Throws<WorkloadException>(() => meter.Begin(rate, 60)).Code);

        first.Fail(new WorkloadException("engine_busy", "Refused."));
        await first.EndAsync(complete: false);
        Assert.NotNull(meter.Begin(rate, 60));
    }

    private async Task<JobUsage> AskAsync(string engine, params (string, string)[] settings)
    {
        await using var host = KnowledgeHost.Start([.. _model.Settings(), .. settings]);
        return await AskAsync(host, engine);
    }

    private static async Task<JobUsage> AskAsync(KnowledgeHost host, string engine)
    {
        using var context = Job(engine);
        await KnowledgeHost.RunAsync(host.Ask, context);
        return context.Usage;
    }

    private static FakeWorkloadContext Job(string engine, long? budget = null) =>
        new(new { collection = "lighthouse", question = "How often must the clockwork be wound?", engine, budgetTokens = budget });
}

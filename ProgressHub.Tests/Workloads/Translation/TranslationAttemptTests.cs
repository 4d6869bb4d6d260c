using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Workloads.Translation;

/// <summary>A translation as the engine runs it, attempt by attempt.</summary>
public sealed class TranslationAttemptTests
{
    private const string Input = """{"text": "One.\n\nTwo.", "targetLanguage": "de"}""";

    [Fact]
    public async Task An_engine_that_is_never_there_ends_the_job_after_two_attempts()
    {
        var away = new FakeTranslator((_, _, _) =>
            throw new WorkloadException("engine_unavailable", "There is nobody.") { IsTransient = true });
        await using var translation = new TranslationHost(away, ("Inference:MaxRetries", "1"));
        await using var engine = await StartAsync(translation);

        var events = await engine.RunAsync("translation", Input);

        var done = (DoneEvent)events[^1];
        Assert.Equal((JobState.Failed, "engine_unavailable"), (done.State, done.Error!.Code));
        Assert.Equal(2, done.Attempt);
    }

    [Fact]
    public async Task Batches_go_from_10_to_95_percent_whatever_was_learned_of_earlier_jobs()
    {
        await using var translation = new TranslationHost(FakeTranslator.Of(s => s.ToUpperInvariant()));
        var plan = translation.Workload.Descriptor.Stages;
        var learned = plan.Stages.Where(s => s.Learned).SelectMany(s => Enumerable.Repeat(new StageRun("translation", "pseudo", s.Name, 100, 5000, default), 20));

        var weights = new DurationModel([.. learned]).Weigh(plan, 100).Stages.Select(s => Math.Round(s.Weight, 6));

        Assert.Equal([0.1, 0.85, 0.05], weights);
    }

    [Fact]
    public async Task A_retry_takes_over_no_batch_that_was_cut_to_another_size()
    {
        const string Text = "Alpha alpha alpha alpha alpha a.\n\nBeta beta beta b.\n\nGamma gamma gamma gamma g.";
        var refuses = true;
        var engineOf = FakeTranslator.Of(s => refuses && s.Contains("amma", StringComparison.Ordinal)
            ? throw new WorkloadException("engine_refused", "It won't.")
            : s.ToUpperInvariant());
        await using var small = new TranslationHost(engineOf, ("Translation:BatchCharacters", "50"));
        await using var large = new TranslationHost(engineOf, ("Translation:BatchCharacters", "60"));
        var workload = new Swapped { Inner = small.Workload };
        await using var engine = await EngineHost.StartAsync(
            _ => { }, services => services.RemoveAll<IWorkload>().AddSingleton<IWorkload>(workload));
        var input = JsonSerializer.Serialize(new { text = Text, targetLanguage = "de" });

        var first = await engine.RunAsync("translation", input);
        Assert.Equal([(0, 2, true), (1, 2, false)], first.OfType<PartialEvent>().Select(p => (p.Index, p.Total ?? 0, p.Ok)).Order());
        (refuses, workload.Inner) = (false, large.Workload);
        var retry = await engine.Jobs.RetryAsync(first[0].JobId, EngineHost.Owner, RetryScope.FailedItems, CancellationToken.None);
        var second = await engine.EndAsync(retry!.Snapshot.JobId);

        Assert.Equal(2, second.OfType<PartialEvent>().Last().Total);
        var result = await engine.Jobs.ReadResultAsync(retry.Snapshot.JobId, EngineHost.Owner, false, CancellationToken.None);
        Assert.Equal(Text.ToUpperInvariant(), Encoding.UTF8.GetString(result!.Body.Span));
    }

    private static Task<EngineHost> StartAsync(TranslationHost translation) => EngineHost.StartAsync(
        _ => { }, services => services.RemoveAll<IWorkload>().AddSingleton(translation.Workload));

    /// <summary>A workload whose settings a restart has changed.</summary>
    private sealed class Swapped : IWorkload
    {
        public required IWorkload Inner { get; set; }

        public WorkloadDescriptor Descriptor => Inner.Descriptor;

        public ValueTask<WorkloadPlan> PlanAsync(WorkloadInput input, string owner, CancellationToken cancellationToken) =>
            Inner.PlanAsync(input, owner, cancellationToken);

        public Task<WorkloadOutcome> RunAsync(WorkloadInput input, WorkloadContext context) => Inner.RunAsync(input, context);

        public ResultDocument? Assemble(WorkloadInput input, IReadOnlyDictionary<int, PartialResult> partials) =>
            Inner.Assemble(input, partials);

        public ValueTask<IReadOnlyList<EngineStatus>> GetEnginesAsync(CancellationToken cancellationToken) =>
            Inner.GetEnginesAsync(cancellationToken);
    }
}

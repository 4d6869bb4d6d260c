using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProgressHub.Core.Events;
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

    private static Task<EngineHost> StartAsync(TranslationHost translation) => EngineHost.StartAsync(
        _ => { }, services => services.RemoveAll<IWorkload>().AddSingleton(translation.Workload));
}

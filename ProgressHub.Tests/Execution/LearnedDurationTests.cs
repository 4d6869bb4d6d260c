using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Execution;

public sealed class LearnedDurationTests
{
    private static readonly TimeSpan Work = TimeSpan.FromMilliseconds(250);

    [Fact]
    public async Task A_job_knows_from_earlier_ones_how_long_it_will_take_also_after_a_restart()
    {
        await using var engine = await EngineHost.StartAsync(Working());
        Assert.DoesNotContain(await engine.RunAsync("work"), e => e is ProgressEvent { Eta: not null });

        var first = await LearnedAsync(engine, samples: 3);
        await engine.StopAsync();
        await engine.StartAsync();
        var later = await LearnedAsync(engine, samples: 4);

        Assert.Equal("history", first.Basis);
        Assert.True(first.P50Ms >= Work.TotalMilliseconds / 2, $"{first}");
        Assert.Equal("history", later.Basis);
    }

    [Fact]
    public async Task Weights_follow_what_was_learned_and_the_fraction_never_falls()
    {
        await using var engine = await EngineHost.StartAsync(Working());
        var before = Assert.Single((await engine.RunAsync("work")).OfType<StartedEvent>()).Stages;
        await LearnedAsync(engine, samples: 5);

        var events = await engine.RunAsync("work");

        // The plan gives the first stage a quarter; it takes nearly all of the time.
        Assert.Equal(0.25, before[0].Weight, 3);
        Assert.True(Assert.Single(events.OfType<StartedEvent>()).Stages[0].Weight > 0.4);
        var fractions = events.OfType<ProgressEvent>().Select(e => e.Fraction).OfType<double>().ToArray();
        Assert.NotEmpty(fractions);
        Assert.All(fractions.Zip(fractions.Skip(1)), pair => Assert.True(pair.First <= pair.Second));
    }

    [Fact]
    public async Task A_job_that_fails_teaches_nothing()
    {
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("work", async context =>
        {
            await context.BeginStageAsync("first");
            await Task.Delay(Work, context.Time);
            throw new WorkloadException("broken", "It broke.");
        }));
        for (var i = 0; i < 2; i++)
            await engine.RunAsync("work");

        Assert.Empty(await engine.Get<IDurationStore>().ReadAsync("work", "lambda", default));
    }

    [Fact]
    public async Task An_upload_that_somebody_is_slow_with_is_not_learned()
    {
        var slow = new StagePlan(new Stage("first", "First", 1) { Learned = false }, new Stage("second", "Second", 3));
        await using var engine = await EngineHost.StartAsync(Working(slow));

        await engine.RunAsync("work");

        await Patience.UntilAsync(
            async () => (await engine.Get<IDurationStore>().ReadAsync("work", "lambda", default)).Count > 0, "the run is kept");
        var runs = await engine.Get<IDurationStore>().ReadAsync("work", "lambda", default);
        Assert.Equal("second", Assert.Single(runs).Stage);
    }

    [Fact]
    public async Task A_stage_says_how_long_it_takes_as_the_plan_does_until_that_is_learned()
    {
        var plan = new StagePlan(new Stage("first", "First", 1) { Expected = TimeSpan.FromHours(1) }, new Stage("second", "Second", 3));
        await using var engine = await EngineHost.StartAsync(Working(plan));

        var expected = new List<long?[]>();
        for (var i = 0; i < DurationModel.MinSamples; i++)
        {
            expected.Add([.. (await engine.RunAsync("work")).OfType<StageEvent>().Select(e => e.ExpectedMs)]);
            await Patience.UntilAsync(
                async () => (await engine.Get<IDurationStore>().ReadAsync("work", "lambda", default)).Count == 2 * (i + 1), "the run is kept");
        }

        var learned = (await engine.RunAsync("work")).OfType<StageEvent>().Select(e => e.ExpectedMs).ToList();

        Assert.All(expected, e => Assert.Equal([3_600_000, null], e));
        Assert.InRange(learned[0]!.Value, Work.TotalMilliseconds / 2, 3_599_999);
        Assert.NotNull(learned[1]);
    }

    [Fact]
    public async Task A_store_of_durations_that_is_broken_harms_no_job()
    {
        var broken = new InMemoryDurations { Broken = true };
        await using var engine = await EngineHost.StartAsync(
            _ => { }, services => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions
                .AddSingleton<IDurationStore>(services, broken), Working());

        var events = await engine.RunAsync("work");

        Assert.Equal(JobState.Succeeded, Assert.IsType<DoneEvent>(events[^1]).State);
    }

    [Fact]
    public async Task A_blocking_operation_pulses_and_blocks_no_one()
    {
        using var release = new ManualResetEventSlim();
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("block", async context =>
        {
            await context.BeginStageAsync("first");
            await context.PulseAsync(token => release.Wait(TimeSpan.FromMinutes(2), token), new PulseOptions { Early = "Thinking" });
        }));
        var jobs = new List<JobSnapshot>();
        for (var i = 0; i < 8; i++)
            jobs.Add(await engine.SubmitAsync("block"));

        // Each of eight is heard three times while all of them block.
        foreach (var job in jobs)
        {
            await Patience.UntilAsync(
                async () => await engine.Jobs.FindAsync(job.JobId, EngineHost.Owner, default) is
                    { Estimated: true, Message: "Thinking", Current: >= 2, Unit: "seconds" },
                "the third report");
        }

        release.Set();
        foreach (var job in jobs)
        {
            var events = await engine.EndAsync(job.JobId);
            var pulses = events.OfType<ProgressEvent>().ToArray();
            Assert.True(pulses.Length >= 3);
            Assert.All(pulses.Zip(pulses.Skip(1)), pair => Assert.True(pair.First.Fraction < pair.Second.Fraction));
            Assert.Equal(JobState.Succeeded, Assert.IsType<DoneEvent>(events[^1]).State);
        }
    }

    private static LambdaWorkload Working(StagePlan? plan = null) => new("work", async context =>
    {
        await context.BeginStageAsync("first");
        for (var i = 0; i <= 4; i++)
        {
            context.Progress.Report(new ProgressUpdate(i, 4));
            await Task.Delay(Work / 4, context.Time, context.CancellationToken);
        }

        await context.BeginStageAsync("second");
    })
    {
        Plan = (_, _) => new(new WorkloadPlan(plan ?? LambdaWorkload.Describe("work").Stages, "lambda", "Work")),
    };

    /// <summary>Runs jobs until one begins with an estimate that rests on so many: a run is kept a little after its job.</summary>
    private static async Task<Eta> LearnedAsync(EngineHost engine, int samples)
    {
        Eta? first = null;
        await Patience.UntilAsync(
            async () => (first = Etas(await engine.RunAsync("work")).FirstOrDefault()) is { } eta && eta.Samples >= samples,
            $"an estimate by {samples} runs");
        return first!;
    }

    private static Eta[] Etas(IReadOnlyList<JobEvent> events) =>
        [.. events.OfType<ProgressEvent>().Select(e => e.Eta).OfType<Eta>()];
}

using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Execution;

/// <summary>An input is read, checked and planned once, and kept for the attempt.</summary>
public sealed class ReadOnceTests
{
    [Fact]
    public async Task An_input_is_read_and_planned_once_and_the_attempt_has_what_was_planned()
    {
        var workload = new Counting();
        await using var engine = await EngineHost.StartAsync(workload);

        await engine.RunAsync("counting", """{"name":"a"}""");

        Assert.Equal((1, 1, 1), (workload.Checks, workload.Plans, workload.Runs));
        Assert.Equal("planned for ann", workload.SeenEngine);
    }

    [Fact]
    public async Task A_second_attempt_plans_anew_and_what_it_reads_serves_the_result_so_far()
    {
        var workload = new Counting { FailFirst = true, Hold = true };
        await using var engine = await EngineHost.StartAsync(workload);

        var job = await engine.SubmitAsync("counting", """{"name":"a"}""");
        await workload.Running.Task.Soon();
        for (var i = 0; i < 3; i++)
            Assert.NotNull(await engine.Jobs.ReadResultAsync(job.JobId, EngineHost.Owner, soFar: true, CancellationToken.None));
        await engine.Jobs.CancelAsync(job.JobId, EngineHost.Owner, CancellationToken.None).Soon();

        Assert.Equal((2, 2, 2), (workload.Checks, workload.Plans, workload.Runs));
    }

    [Fact]
    public async Task After_a_restart_it_is_read_once_more()
    {
        var workload = new Counting { Hold = true };
        await using var engine = await EngineHost.StartAsync(workload);
        await engine.SubmitAsync("counting", """{"name":"a"}""");
        await workload.Running.Task.Soon();

        workload.Running = new Signal();
        await engine.StopAsync();
        await engine.StartAsync();
        await workload.Running.Task.Soon();

        Assert.Equal((2, 2, 2), (workload.Checks, workload.Plans, workload.Runs));
    }

    [Fact]
    public async Task A_secret_reaches_the_handler_and_is_kept_nowhere_but_with_the_secrets()
    {
        var workload = new Counting();
        await using var engine = await EngineHost.StartAsync(workload);

        await engine.RunAsync("counting", """{"name":"a","ApiKey":"k"}""");

        Assert.Equal("k", workload.SeenKey);

        // It was not kept with the plan: the attempt read the input again.
        Assert.Equal(2, workload.Checks);
    }

    [Fact]
    public void Of_too_many_plans_the_oldest_go()
    {
        var plans = new KeptPlans();
        var ids = Enumerable.Range(0, KeptPlans.MaxPlans + 2).Select(_ => JobId.New()).ToList();

        foreach (var id in ids)
            plans.Keep(id, Plan(10));

        Assert.Equal(ids[2..], ids.Where(id => plans.Take(id) is not null));
        Assert.Null(plans.Take(ids[^1]));
    }

    [Fact]
    public void Large_inputs_are_kept_up_to_a_bound()
    {
        var plans = new KeptPlans();
        var (first, second, third) = (JobId.New(), JobId.New(), JobId.New());

        plans.Keep(first, Plan(KeptPlans.MaxBytes / 2));
        plans.Keep(second, Plan(KeptPlans.MaxBytes / 2));
        Assert.NotNull(plans.Take(second));
        plans.Keep(second, Plan((KeptPlans.MaxBytes / 2) + 1));
        Assert.Null(plans.Take(first));

        plans.Keep(third, Plan(KeptPlans.MaxBytes + 1));
        Assert.Null(plans.Take(third));
    }

    private static KeptPlan Plan(int length) =>
        new(new byte[length], null, new WorkloadPlan(new StagePlan(new Stage("a", "A", 1)), null, "Title"));

    private sealed record CountingInput(string Name)
    {
        [Secret]
        public string? ApiKey { get; init; }
    }

    private sealed class Counting : Workload<CountingInput>
    {
        public int Checks;
        public int Plans;
        public int Runs;

        public bool FailFirst { get; init; }

        public bool Hold { get; init; }

        public Signal Running { get; set; } = new();

        public string? SeenEngine { get; private set; }

        public string? SeenKey { get; private set; }

        public override string Kind => "counting";

        public override ValueTask<WorkloadPlan> PlanAsync(CountingInput input, string owner, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref Plans);
            return new(new WorkloadPlan(Stages, $"planned for {owner}", "Title"));
        }

        public override async Task<WorkloadOutcome> RunAsync(CountingInput input, WorkloadContext context)
        {
            Interlocked.Increment(ref Runs);
            SeenEngine = context.Plan!.Engine;
            SeenKey = input.ApiKey;
            await context.PartialAsync(new PartialResult(0, 1) { Text = input.Name });
            if (FailFirst && context.Attempt == 1)
                throw new WorkloadException("busy", "Try again.") { IsTransient = true };
            Running.Set();
            if (Hold)
                await Forever.WaitAsync(context.CancellationToken);
            return new WorkloadOutcome(null);
        }

        protected override CountingInput Check(CountingInput input)
        {
            Interlocked.Increment(ref Checks);
            return input;
        }
    }
}

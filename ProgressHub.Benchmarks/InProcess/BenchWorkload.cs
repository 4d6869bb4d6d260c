using System.Text.Json;
using System.Threading.Channels;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Benchmarks.InProcess;

/// <summary>A workload that does nothing, or hands its context to the benchmark and waits.</summary>
internal sealed class BenchWorkload : IWorkload
{
    private static readonly StagePlan Plan = new([new Stage("work", "Work", 1)]);

    public Channel<RunningBench> Started { get; } = Channel.CreateUnbounded<RunningBench>();

    public WorkloadDescriptor Descriptor { get; } = new()
    {
        Kind = "bench",
        Label = "Benchmark",
        Description = "Does nothing.",
        InputSchema = JsonSerializer.SerializeToElement(new { type = "object" }),
        Stages = Plan,
    };

    public static JobRequest Request(bool hold) => new()
    {
        Kind = "bench",
        Owner = "local",
        Input = JsonSerializer.SerializeToElement(new { hold }),
    };

    public ValueTask<WorkloadPlan> PlanAsync(WorkloadInput input, string owner, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new WorkloadPlan(Plan, "none", "Benchmark"));

    public async Task<WorkloadOutcome> RunAsync(WorkloadInput input, WorkloadContext context)
    {
        if (context.Input.GetProperty("hold").GetBoolean())
        {
            var running = new RunningBench(context);
            await Started.Writer.WriteAsync(running);
            await running.Finished.WaitAsync(context.CancellationToken);
        }

        return new WorkloadOutcome(null);
    }

    public ResultDocument? Assemble(WorkloadInput input, IReadOnlyDictionary<int, PartialResult> partials) => null;

    public ValueTask<IReadOnlyList<EngineStatus>> GetEnginesAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<EngineStatus>>([new EngineStatus("none", "None", true)]);
}

/// <summary>A job whose handler waits for the benchmark.</summary>
internal sealed class RunningBench(WorkloadContext context)
{
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WorkloadContext Context => context;

    public Task Finished => _finished.Task;

    public void Finish() => _finished.TrySetResult();
}

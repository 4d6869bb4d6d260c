using System.Text.Json;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Benchmarks.OverTheWire;

/// <summary>Blocks a thread for 20 seconds and can't say how far it is.</summary>
internal sealed class BlockingWorkload : IWorkload
{
    public const string Kind = "blocking";
    public static readonly TimeSpan Takes = TimeSpan.FromSeconds(20);
    private static readonly StagePlan Plan = new([new Stage("work", "Work", 1)]);

    public static JobRequest Request => new()
    {
        Kind = Kind, Owner = "local", Input = JsonSerializer.SerializeToElement(new { }),
    };

    public WorkloadDescriptor Descriptor { get; } = new()
    {
        Kind = Kind,
        Label = "Blocking",
        Description = "Blocks a thread.",
        InputSchema = JsonSerializer.SerializeToElement(new { type = "object" }),
        Stages = Plan,
    };

    public ValueTask<WorkloadPlan> PlanAsync(WorkloadInput input, string owner, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new WorkloadPlan(Plan, "none", "Blocking"));

    public async Task<WorkloadOutcome> RunAsync(WorkloadInput input, WorkloadContext context)
    {
        await context.BeginStageAsync("work");
        await context.PulseAsync(token => token.WaitHandle.WaitOne(Takes));
        return new WorkloadOutcome(null);
    }

    public ResultDocument? Assemble(WorkloadInput input, IReadOnlyDictionary<int, PartialResult> partials) => null;

    public ValueTask<IReadOnlyList<EngineStatus>> GetEnginesAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<EngineStatus>>([new EngineStatus("none", "None", true)]);
}

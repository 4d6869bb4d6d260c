using System.Text.Json;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Tests.Support;

/// <summary>A workload whose handler is a lambda.</summary>
internal sealed class LambdaWorkload(string kind, Func<WorkloadContext, Task<WorkloadOutcome>> run) : IWorkload
{
    public static readonly WorkloadOutcome Nothing = new(null);

    public LambdaWorkload(string kind, Func<WorkloadContext, Task> run)
        : this(kind, async context =>
        {
            await run(context);
            return Nothing;
        })
    {
    }

    public WorkloadDescriptor Descriptor { get; init; } = Describe(kind);

    public Func<JsonElement, CancellationToken, ValueTask<WorkloadPlan>>? Plan { get; init; }

    public static WorkloadDescriptor Describe(string kind) => new()
    {
        Kind = kind,
        Label = kind,
        Description = "A test.",
        InputSchema = JsonElement.Parse("{}"),
        Stages = new StagePlan(new Stage("first", "First", 1), new Stage("second", "Second", 3)),
    };

    public ValueTask<WorkloadPlan> PlanAsync(WorkloadInput input, string owner, CancellationToken cancellationToken) =>
        Plan?.Invoke(input.Json, cancellationToken) ?? new(new WorkloadPlan(Descriptor.Stages, "lambda", "Suggested"));

    public Task<WorkloadOutcome> RunAsync(WorkloadInput input, WorkloadContext context) => run(context);

    public ResultDocument? Assemble(WorkloadInput input, IReadOnlyDictionary<int, PartialResult> partials) =>
        partials.Count == 0 ? null : Text(string.Join(',', partials.OrderBy(p => p.Key).Select(p => p.Value.Text ?? "?")));

    public ValueTask<IReadOnlyList<EngineStatus>> GetEnginesAsync(CancellationToken cancellationToken) =>
        new([new EngineStatus("lambda", "Lambda", true)]);

    public static ResultDocument Text(string text) =>
        new("text/plain; charset=utf-8", "result.txt", System.Text.Encoding.UTF8.GetBytes(text));
}

using System.Text.Json;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Tests.Support;

/// <summary>Calls a workload with JSON, as the engine does.</summary>
internal static class WorkloadCalls
{
    public static ValueTask<WorkloadPlan> PlanAsync(
        this IWorkload workload, JsonElement input, string owner, CancellationToken cancellationToken) =>
        workload.PlanAsync(new WorkloadInput(input), owner, cancellationToken);

    public static ValueTask<WorkloadPlan> PlanAsync(this IWorkload workload, JsonElement input, CancellationToken cancellationToken) =>
        workload.PlanAsync(input, "ann", cancellationToken);

    /// <summary>Runs a job whose secrets are still in memory.</summary>
    public static Task<WorkloadOutcome> RunAsync(this IWorkload workload, FakeWorkloadContext context) => workload.RunAsync(
        new WorkloadInput(SecretInputs.Merge(context.Input, workload.Descriptor.SecretInputs, context.Secret)), context);

    public static ResultDocument? Assemble(
        this IWorkload workload, JsonElement input, IReadOnlyDictionary<int, PartialResult> partials) =>
        workload.Assemble(new WorkloadInput(input), partials);
}

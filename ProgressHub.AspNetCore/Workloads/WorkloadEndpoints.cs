using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using ProgressHub.AspNetCore.Http;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;

namespace ProgressHub.AspNetCore.Workloads;

/// <summary>What this server can do.</summary>
internal static class WorkloadEndpoints
{
    public static void MapWorkloads(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/workloads", ListAsync)
            .WithTag(new ApiTag("Workloads", "What this server can do, and with which engines."))
            .RequireAuthorization()
            .Describe(
                "listWorkloads", "What this server can do",
                "The kinds of jobs, the JSON Schema of their input, their stages, and whether their engines are ready.");

    private static async Task<Ok<WorkloadList>> ListAsync(EngineReadiness engines, CancellationToken aborted) =>
        TypedResults.Ok(new WorkloadList([.. (await engines.AllAsync(aborted)).Select(w => View(w.Workload, w.Engines))]));

    private static WorkloadView View(WorkloadDescriptor workload, IReadOnlyList<EngineStatus> engines) => new(
        workload.Kind, workload.Label, workload.Description, workload.InputSchema, workload.Stages.Stages, engines);
}

/// <summary>The workloads of this server.</summary>
/// <param name="Workloads">By kind.</param>
internal sealed record WorkloadList(IReadOnlyList<WorkloadView> Workloads);

/// <summary>A workload.</summary>
/// <param name="Kind">Its name in the API.</param>
/// <param name="Label">Its name for a person.</param>
/// <param name="Description">What it does, in a sentence.</param>
/// <param name="InputSchema">The JSON Schema (2020-12) of its input.</param>
/// <param name="Stages">The stages of a typical job; the weights add up to 1.</param>
/// <param name="Engines">What can do the work, the default first, and whether each is ready.</param>
internal sealed record WorkloadView(
    string Kind, string Label, string Description, JsonElement InputSchema, IReadOnlyList<Stage> Stages,
    IReadOnlyList<EngineStatus> Engines);

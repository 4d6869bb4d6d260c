using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Workloads;

namespace ProgressHub.AspNetCore.Health;

/// <summary>Whether the server runs, and whether it can take work.</summary>
internal static class HealthEndpoints
{
    private const string RetrySeconds = "2";

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapNodes();
        var health = routes.MapGroup("/health").WithTag(new ApiTag("Health", "Whether the server runs, and whether it can take work.")).AllowAnonymous();
        health.MapGet("/live", static () => TypedResults.Json(new LiveReport("live"), HealthJson.Default.LiveReport))
            .Produces<LiveReport>()
            .Describe("live", "Whether the server runs", "200 as long as it answers at all.");
        health.MapGet("/ready", GetReadyAsync)
            .Produces<ReadyReport>()
            .Produces<ReadyReport>(StatusCodes.Status503ServiceUnavailable)
            .Describe(
                "ready", "Whether the server can take work",
                "503 where the store can't be written. Engines that are not ready are listed and fail nothing.");
    }

    private static async Task<JsonHttpResult<ReadyReport>> GetReadyAsync(
        StorageProbe storage, EngineReadiness engines, HttpResponse response, CancellationToken aborted)
    {
        var error = await storage.FindErrorAsync(aborted);
        var workloads = await engines.AllAsync(aborted);
        var degraded = workloads.SelectMany(w => w.Engines
            .Where(e => !e.Ready)
            .Select(e => new DegradedEngine(w.Workload.Kind, e.Id, e.Hint)));

        response.Headers.CacheControl = "no-store";
        if (error is not null)
            response.Headers.RetryAfter = RetrySeconds;
        return TypedResults.Json(
            new ReadyReport(error is null ? "ready" : "unready", new StorageReport(error is null, error), [.. degraded]),
            HealthJson.Default.ReadyReport,
            statusCode: error is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}

/// <summary>The server runs.</summary>
/// <param name="Status">Always <c>live</c>.</param>
internal sealed record LiveReport(string Status);

/// <summary>Whether the server can take work.</summary>
/// <param name="Status"><c>ready</c> or <c>unready</c>.</param>
/// <param name="Storage">The store.</param>
/// <param name="DegradedEngines">Engines that are not ready.</param>
internal sealed record ReadyReport(string Status, StorageReport Storage, IReadOnlyList<DegradedEngine> DegradedEngines);

/// <summary>The store.</summary>
/// <param name="Writable">Whether it takes writes.</param>
/// <param name="Reason">Why not.</param>
internal sealed record StorageReport(bool Writable, string? Reason);

/// <summary>An engine that is not ready.</summary>
/// <param name="Kind">The workload.</param>
/// <param name="Engine">The engine.</param>
/// <param name="Hint">What makes it ready.</param>
internal sealed record DegradedEngine(string Kind, string Engine, string? Hint);

[JsonSourceGenerationOptions(
    System.Text.Json.JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LiveReport))]
[JsonSerializable(typeof(ReadyReport))]
[JsonSerializable(typeof(NodeList))]
internal sealed partial class HealthJson : JsonSerializerContext;

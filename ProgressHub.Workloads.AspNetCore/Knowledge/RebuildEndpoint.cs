using System.Security.Claims;
using System.Text.Json;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Security;
using ProgressHub.AspNetCore.Snapshots;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Workloads.AspNetCore.Knowledge;

/// <summary>Has a collection made anew.</summary>
internal static class RebuildEndpoint
{
    private const string Kind = "rebuild";

    public static async Task<SnapshotResult> SubmitAsync(
        string id, HttpRequest request, ClaimsPrincipal user, JobService jobs, CancellationToken aborted)
    {
        var body = request.ContentLength is null or 0 && !request.HasJsonContentType()
            ? new RebuildBody()
            : await JsonBody.ReadAsync(request, CollectionJson.Default.RebuildBody, aborted);
        var job = new JobRequest
        {
            Kind = Kind,
            Input = JsonSerializer.SerializeToElement(new RebuildOrder(id, body.Embedding, body.ApiKey), CollectionJson.Default.RebuildOrder),
            Owner = user.Owner(),
            IdempotencyKey = IdempotencyKeyHeader.Read(request.Headers),
        };
        var submission = await jobs.SubmitAsync(job, aborted);
        return new SnapshotResult(submission.Snapshot, StatusCodes.Status202Accepted, JobUrls.Self(submission.Snapshot.JobId));
    }
}

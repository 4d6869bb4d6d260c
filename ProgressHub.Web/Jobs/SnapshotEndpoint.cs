using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using ProgressHub.Core.Events;
using ProgressHub.Web.Problems;
using ProgressHub.Web.Security;

namespace ProgressHub.Web.Jobs;

/// <summary>A job's state, now or once there is news of it.</summary>
internal static class SnapshotEndpoint
{
    public static async Task<Results<SnapshotResult, StatusCodeHttpResult, ProblemResult>> GetAsync(
        [AsParameters] JobCall call, HttpContext context, WatcherLimiter watchers, IHostApplicationLifetime lifetime,
        int? wait, string? after)
    {
        var patience = Parameters.Wait(wait);
        var cursor = Parameters.Cursor(nameof(after), after);
        if (await call.Jobs.FindAsync(call.Id, call.Owner, call.Aborted) is not { } snapshot)
            return await call.AbsentAsync();

        if (patience > TimeSpan.Zero)
        {
            if (!watchers.TryEnter(call.Owner, call.Id))
                return new ProblemResult(WatcherLimiter.Refusal);
            try
            {
                snapshot = await LongPoll.ForNewsAsync(call, snapshot, cursor ?? snapshot.Seq, patience, lifetime.ApplicationStopping);
            }
            finally
            {
                watchers.Exit(call.Owner, call.Id);
            }
        }

        if (snapshot is null)
            return await call.AbsentAsync();
        if (!IsKnown(context.Request, snapshot))
            return new SnapshotResult(snapshot);

        context.Response.Headers.ETag = SnapshotResult.Tag(snapshot);
        context.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.StatusCode(StatusCodes.Status304NotModified);
    }

    // Weak comparison (RFC 9110, section 13.1.2), so that a proxy that weakened the tag is understood.
    private static bool IsKnown(HttpRequest request, JobSnapshot snapshot)
    {
        var known = request.GetTypedHeaders().IfNoneMatch;
        var tag = new EntityTagHeaderValue(SnapshotResult.Tag(snapshot));
        return known.Any(k => k.Compare(tag, useStrongComparison: false) || k == EntityTagHeaderValue.Any);
    }
}

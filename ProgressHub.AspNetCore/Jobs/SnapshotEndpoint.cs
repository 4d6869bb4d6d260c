using Microsoft.AspNetCore.Http.HttpResults;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.AspNetCore.Snapshots;

namespace ProgressHub.AspNetCore.Jobs;

/// <summary>A job's state, now or once there is news of it.</summary>
internal static class SnapshotEndpoint
{
    public static async Task<Results<SnapshotResult, StatusCodeHttpResult, ProblemResult>> GetAsync(
        [AsParameters] JobCall call, HttpContext context, LongPoll poll, int? wait, string? after)
    {
        var patience = Parameters.Wait(wait);
        var cursor = Parameters.Cursor(nameof(after), after);
        if (await call.Jobs.FindAsync(call.Id, call.Owner, call.Aborted) is not { } snapshot)
            return await call.AbsentAsync();

        if (patience > TimeSpan.Zero)
        {
            if (await poll.ForNewsAsync(call, snapshot, cursor ?? snapshot.Seq, patience) is not { } news)
                return await call.AbsentAsync();
            snapshot = news;
        }

        if (!EntityTags.IsKnown(context.Request, SnapshotResult.Tag(snapshot)))
            return new SnapshotResult(snapshot);

        context.Response.Headers.ETag = SnapshotResult.Tag(snapshot);
        context.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.StatusCode(StatusCodes.Status304NotModified);
    }
}

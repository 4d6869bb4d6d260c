using System.Globalization;
using ProgressHub.Core.Events;

namespace ProgressHub.Web.Jobs;

/// <summary>A snapshot as of now, with its <c>seq</c> as entity tag.</summary>
internal sealed class SnapshotResult(
    JobSnapshot snapshot, int status = StatusCodes.Status200OK, string? location = null) : IResult, IStatusCodeHttpResult
{
    /// <inheritdoc/>
    public int? StatusCode => status;

    /// <summary>The entity tag of a snapshot. While it is queued its place changes without an event, and so does the tag.</summary>
    public static string Tag(JobSnapshot snapshot) => snapshot.QueuePosition is { } place
        ? string.Create(CultureInfo.InvariantCulture, $"\"{snapshot.Seq}-{place}\"")
        : string.Create(CultureInfo.InvariantCulture, $"\"{snapshot.Seq}\"");

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var now = httpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var response = httpContext.Response;
        response.StatusCode = status;
        response.Headers.ETag = Tag(snapshot);
        response.Headers.CacheControl = "private, no-cache";
        if (location is not null)
            response.Headers.Location = location;
        return RawJson.WriteAsync(httpContext, EventJson.Serialize(SnapshotView.Present(snapshot, now)));
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ProgressHub.AspNetCore.Http;
using ProgressHub.Core.Events;

namespace ProgressHub.AspNetCore.Snapshots;

/// <summary>A snapshot as of now, with its <c>seq</c> as entity tag.</summary>
internal sealed class SnapshotResult(
    JobSnapshot snapshot, int status = StatusCodes.Status200OK, string? location = null) : IResult, IStatusCodeHttpResult
{
    /// <inheritdoc/>
    public int? StatusCode => status;

    /// <summary>What only the submitter is told.</summary>
    public SubmissionReceipt? Receipt { get; init; }

    /// <summary>
    /// The entity tag of a snapshot. While it is queued its place changes without an event, once it has ended its tags do, and
    /// so does this. It is weak (RFC 9110, section 8.8.1): the clock in the body goes on without an event, which makes no
    /// difference worth telling.
    /// </summary>
    public static string Tag(JobSnapshot snapshot) => snapshot switch
    {
        { QueuePosition: { } place } => string.Create(CultureInfo.InvariantCulture, $"W/\"{snapshot.Seq}-{place}\""),
        { IsFinal: true, Tags.Count: > 0 } => string.Create(CultureInfo.InvariantCulture, $"W/\"{snapshot.Seq}-{HashOf(snapshot.Tags)}\""),
        _ => string.Create(CultureInfo.InvariantCulture, $"W/\"{snapshot.Seq}\""),
    };

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var views = httpContext.RequestServices.GetRequiredService<SnapshotViews>();
        var response = httpContext.Response;
        response.StatusCode = status;
        response.Headers.ETag = Tag(snapshot);
        response.Headers.CacheControl = "private, no-cache";
        if (location is not null)
            response.Headers.Location = location;
        return RawJson.WriteAsync(httpContext, SnapshotJson.Serialize(views.Of(snapshot) with { Receipt = Receipt }));
    }

    // A tag holds no line end, so the same lines are the same tags.
    private static string HashOf(IReadOnlyList<string> tags) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', tags))), 0, 4);
}

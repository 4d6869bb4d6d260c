using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Jobs;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.AspNetCore.Streaming;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Workloads.AspNetCore.Dialects.SessionLog;

/// <summary>The log of a session: live, as a page or an export, and cleared.</summary>
internal sealed class SessionLogEndpoints(
    SessionHistory history, OwnerFeeds feeds, StreamClock clock, StreamGate gate, ILogger<SessionLogEndpoints> logger)
{
    private const int MaxLimit = 5000;
    private const int DefaultLimit = 1000;
    private const string Json = "application/json";
    private const string Csv = "text/csv";

    /// <summary>The live log; there need not be a session yet.</summary>
    public async Task StreamAsync(HttpContext context, string session)
    {
        var scope = await history.FindAsync(context.User.Owner(), session, context.RequestAborted);
        await gate.StreamAsync(context, async (owner, lease) =>
        {
            // Subscribed before anything is read, so that nothing falls between the two.
            var watcher = feeds.Watch(owner, null, inline: false).Watcher;
            var response = new SseResponse(context, clock, logger, new HeldTogether(watcher, lease));
            var resume = SessionCursor.Parse(StreamCursor.HeaderOf(context.Request));
            await new SessionStream(response, scope, history, feeds, watcher, resume).RunAsync();
        });
    }

    /// <summary>The lines of the present question, or of all.</summary>
    public async Task<IResult> ListAsync(
        HttpContext context, string session, bool? all, string? format, string? after, int? limit)
    {
        context.Response.Headers.Append("Vary", "Accept");
        context.Response.Headers.CacheControl = "private, no-cache";
        var type = format switch
        {
            null or "" => ContentNegotiation.Choose(context.Request, Json, Csv),
            "json" => Json,
            "csv" => Csv,
            _ => throw Parameters.Refuse("invalid_parameter", "'format' is json or csv.", "format"),
        };
        if (type is null)
            return new ProblemResult(Problem.Of(StatusCodes.Status406NotAcceptable, "not_acceptable", $"Events come as {Json} or {Csv}.", "Accept"));
        var most = Parameters.Number(nameof(limit), limit, DefaultLimit, 1, MaxLimit);
        var scope = await history.FindAsync(context.User.Owner(), session, context.RequestAborted);
        var shown = await history.ShownAsync(scope, all ?? false, context.RequestAborted);
        var lines = history.LinesAsync(scope, shown, Place(after, shown), context.RequestAborted);
        if (!string.IsNullOrEmpty(format))
            context.Response.Headers.ContentDisposition = $"attachment; filename=\"session-log.{format}\"";
        return type == Csv ? await ExportAsync(context, lines) : await PageAsync(session, lines, most, context.RequestAborted);
    }

    /// <summary>Clears the log up to now. It answers in JSON: clients may read every answer as such.</summary>
    public async Task<IResult> ClearAsync(HttpContext context, string session)
    {
        var scope = await history.FindAsync(context.User.Owner(), session, context.RequestAborted);
        await history.ClearAsync(scope, context.RequestAborted);
        return TypedResults.Json(new SessionCleared(true, session), SessionLogJson.Readable.SessionCleared);
    }

    private static async Task<IResult> PageAsync(
        string session, IAsyncEnumerable<SessionEvent> lines, int most, CancellationToken aborted)
    {
        List<SessionEvent> page = [];
        await foreach (var line in lines.WithCancellation(aborted))
        {
            if (page.Count == most)
                return Page(new SessionEventList(session, page, page[^1].Id));
            page.Add(line);
        }

        return Page(new SessionEventList(session, page, null));
    }

    private static JsonHttpResult<SessionEventList> Page(SessionEventList list) => TypedResults.Json(list, SessionLogJson.Readable.SessionEventList);

    private static async Task<IResult> ExportAsync(HttpContext context, IAsyncEnumerable<SessionEvent> lines)
    {
        var (response, body) = (context.Response, context.Response.BodyWriter);
        response.ContentType = "text/csv; charset=utf-8; header=present";
        EventCsv.WriteLine(body, "id", "timestamp", "level", "message", "step", "totalSteps");
        await foreach (var line in lines.WithCancellation(context.RequestAborted))
        {
            EventCsv.WriteLine(
                body, line.Id, line.Timestamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), line.Level,
                EventCsv.Text(line.Message), line.Step?.ToString(CultureInfo.InvariantCulture), line.TotalSteps?.ToString(CultureInfo.InvariantCulture));
            if (body.UnflushedBytes >= 32 * 1024)
                await body.FlushAsync(context.RequestAborted);
        }

        await body.FlushAsync(context.RequestAborted);
        return Results.Empty;
    }

    private static (JobId Job, long Seq)? Place(string? after, IReadOnlyList<JobSnapshot> shown)
    {
        if (string.IsNullOrEmpty(after))
            return null;
        return SessionCursor.Parse(after).ToList() is [var (job, seq)] && shown.Any(j => j.JobId == job)
            ? (job, seq)
            : throw Parameters.Refuse("invalid_cursor", "'after' is the id of an event of this log.", nameof(after));
    }
}

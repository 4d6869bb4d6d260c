using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.AspNetCore.Streaming;
using ProgressHub.Core.Events;

namespace ProgressHub.AspNetCore.DurableStreams;

/// <summary>
/// Answers reads of a job's log by the protocol of Durable Streams (https://github.com/durable-streams/durable-streams,
/// PROTOCOL.md), sections 5.4 to 5.7. It is written by jobs alone: creating, appending and deleting is 405.
/// </summary>
internal sealed class DurableReads(
    StreamGate gate, StreamReader reader, StreamClock clock, TimeProvider time, ILogger<DurableReads> logger)
{
    private const string LongPolling = "long-poll";
    private const string ServerSentEvents = "sse";
    private const string NotStored = "no-store";

    // It is the caller's own, and its end moves on: kept, but asked about again.
    private const string Revalidated = "private, no-cache";

    /// <summary>Writes the whole response.</summary>
    /// <exception cref="RefusedException">400 for what can't be read; 429 <c>too_many_watchers</c>.</exception>
    public async Task AnswerAsync(HttpContext context, JobCall call, StreamContent content, StreamRead read)
    {
        var from = StreamOffset.Parse(read.Offset);
        if (read.Live is not (null or LongPolling or ServerSentEvents))
            throw Parameters.Refuse("invalid_parameter", $"'live' is {LongPolling} or {ServerSentEvents}.", "live");
        if (read is { Live: not null, Offset: null })
            throw Parameters.Refuse("invalid_offset", "A live read says from where: 'offset' is missing.", "offset");
        var patience = TimeSpan.FromSeconds(
            Parameters.Number("timeout", read.Timeout, StreamRead.DefaultTimeoutSeconds, 1, Parameters.MaxWaitSeconds));

        if (await call.Jobs.FindAsync(call.Id, call.Owner, call.Aborted) is not { } state)
            await (await call.AbsentAsync()).ExecuteAsync(context);
        else if (HeadAsGet.IsHead(context))
            WriteHead(context.Response, content, state);
        else if (read.Live == ServerSentEvents)
            await StreamAsync(context, call, content, new StreamStart(call.Id, from ?? state.Seq), read.Cursor);
        else if (read.Live == LongPolling)
            await PollAsync(context, call, content, state, from ?? state.Seq, read.Cursor, patience);
        else if (from is { } start)
            await WriteAsync(context, call, content, await StreamReader.ReadAsync(call, content, state, start), start, NextCursor(read.Cursor));
        else
            await WriteTailAsync(context, content, state);
    }

    private static void WriteHead(HttpResponse response, StreamContent content, JobSnapshot state)
    {
        response.ContentType = content.ContentType;
        response.Headers.CacheControl = NotStored;
        WritePlace(response, state.Seq, isUpToDate: false, state.IsFinal);
    }

    private static async Task WriteTailAsync(HttpContext context, StreamContent content, JobSnapshot state)
    {
        var page = new StreamPage(content, state.Seq);
        page.Compare(state);
        WritePlace(context.Response, page.Next, page.IsUpToDate, page.IsClosed);
        await WriteBodyAsync(context.Response, content, page, NotStored);
    }

    private async Task StreamAsync(HttpContext context, JobCall call, StreamContent content, StreamStart start, string? cursor)
    {
        if (await gate.OpenAsync(start, call.Owner, call.Aborted) is not { } admitted)
        {
            await (await call.AbsentAsync()).ExecuteAsync(context);
            return;
        }

        var response = new SseResponse(context, clock, logger, admitted);
        var next = cursor;
        await new DurableSseStream(response, admitted.Watch, content, start.Cursor!.Value, () => next = NextCursor(next)).RunAsync();
    }

    private async Task PollAsync(
        HttpContext context, JobCall call, StreamContent content, JobSnapshot state, long start, string? cursor, TimeSpan patience)
    {
        var page = await reader.WaitAsync(call, content, state, start, patience);
        if (page is not { IsEmpty: true })
        {
            await WriteAsync(context, call, content, page, start, NextCursor(cursor));
            return;
        }

        var response = context.Response;
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.CacheControl = NotStored;
        response.Headers[ApiHeaders.StreamCursor] = NextCursor(cursor);
        WritePlace(response, page.Next, isUpToDate: true, page.IsClosed);
    }

    private static async Task WriteAsync(
        HttpContext context, JobCall call, StreamContent content, StreamPage? page, long start, string cursor)
    {
        if (page is null)
        {
            await (await call.AbsentAsync()).ExecuteAsync(context);
            return;
        }

        var response = context.Response;
        WritePlace(response, page.Next, page.IsUpToDate, page.IsClosed);
        response.Headers[ApiHeaders.StreamCursor] = cursor;

        // What is between two places never changes; where the second is the end, "closed" goes with it.
        var tag = $"\"{call.Id}:{StreamOffset.Format(start)}:{StreamOffset.Format(page.Next)}{(page.IsClosed ? ":closed" : "")}\"";
        response.Headers.ETag = tag;
        if (EntityTags.IsKnown(context.Request, tag))
        {
            response.Headers.CacheControl = Revalidated;
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await WriteBodyAsync(response, content, page, Revalidated);
    }

    private static void WritePlace(HttpResponse response, long next, bool isUpToDate, bool isClosed)
    {
        response.Headers[ApiHeaders.StreamNextOffset] = StreamOffset.Format(next);
        if (isUpToDate)
            response.Headers[ApiHeaders.StreamUpToDate] = "true";
        if (isClosed)
            response.Headers[ApiHeaders.StreamClosed] = "true";
    }

    private static async Task WriteBodyAsync(HttpResponse response, StreamContent content, StreamPage page, string caching)
    {
        var body = page.Encode();
        response.ContentType = content.ContentType;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = caching;
        await response.Body.WriteAsync(body, response.HttpContext.RequestAborted);
    }

    private string NextCursor(string? sent) => CollapsingCursor.Next(time.GetUtcNow(), sent, Random.Shared);
}

using System.Buffers;
using System.Globalization;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Events;

namespace ProgressHub.AspNetCore.Jobs;

/// <summary>A job's events where they are not streamed: a page, or the whole log as a file.</summary>
internal static class EventPages
{
    /// <summary>The most events or partials on a page.</summary>
    public const int MaxLimit = 1000;

    private const int DefaultLimit = 500;

    /// <summary>The events after a cursor: <c>{"events":[…],"next":517}</c>.</summary>
    public static async Task<IResult> PageAsync(JobCall call, long after, int? limit)
    {
        var count = Parameters.Number(nameof(limit), limit, DefaultLimit, 1, MaxLimit);

        // One more than asked for tells whether there is a next page.
        if (await call.Jobs.ReadEventsAsync(call.Id, call.Owner, after, count + 1, call.Aborted) is not { } frames)
            return await call.AbsentAsync();
        var next = frames.Count > count ? frames[count - 1].Seq.ToString(CultureInfo.InvariantCulture) : null;
        return new JsonPage("events", frames.Take(count).Select(f => f.Json), next);
    }

    /// <summary>All events after a cursor, as far as there are any now, one JSON object a line.</summary>
    public static Task<IResult> NdjsonAsync(JobCall call, long after) =>
        ExportAsync(call, after, "application/x-ndjson; charset=utf-8", "ndjson", header: null, static (target, frame) =>
        {
            target.Write(frame.Json.Span);
            target.Write("\n"u8);
        });

    /// <summary>All events after a cursor, as far as there are any now, as a table.</summary>
    public static Task<IResult> CsvAsync(JobCall call, long after) =>
        ExportAsync(call, after, "text/csv; charset=utf-8; header=present", "csv", EventCsv.WriteHeader, EventCsv.Write);

    private static async Task<IResult> ExportAsync(
        JobCall call, long after, string contentType, string extension,
        Action<IBufferWriter<byte>>? header, Action<IBufferWriter<byte>, EventFrame> write) =>
        await call.Jobs.FindAsync(call.Id, call.Owner, call.Aborted) is { } snapshot
            ? new EventExport(call, after, snapshot.Seq)
            {
                ContentType = contentType,
                FileName = $"job-{call.Id}.{extension}",
                WriteHeader = header,
                Write = write,
            }
            : await call.AbsentAsync();
}

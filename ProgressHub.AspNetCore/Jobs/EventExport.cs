using System.Buffers;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Events;

namespace ProgressHub.AspNetCore.Jobs;

/// <summary>Streams a job's log page by page, up to the event that was the last when it began.</summary>
internal sealed class EventExport(JobCall call, long after, long last) : IResult
{
    private const int PageSize = 500;

    public required string ContentType { get; init; }

    public required string FileName { get; init; }

    public Action<IBufferWriter<byte>>? WriteHeader { get; init; }

    public required Action<IBufferWriter<byte>, EventFrame> Write { get; init; }

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = ContentType;
        response.Headers.ContentDisposition = $"attachment; filename=\"{FileName}\"";
        response.Headers.CacheControl = "private, no-cache";
        WriteHeader?.Invoke(response.BodyWriter);

        for (var cursor = after; cursor < last;)
        {
            var limit = (int)Math.Min(PageSize, last - cursor);
            var page = await call.Jobs.ReadEventsAsync(call.Id, call.Owner, cursor, limit, call.Aborted);
            if (page is not { Count: > 0 })
            {
                // Purged meanwhile: a cut connection says that this is not all; a clean end would not.
                httpContext.Abort();
                return;
            }

            foreach (var frame in page)
                Write(response.BodyWriter, frame);
            cursor = page[^1].Seq;
            await response.BodyWriter.FlushAsync(call.Aborted);
        }
    }
}

using Microsoft.AspNetCore.Http.Features;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>A response that is a stream, and what runs it.</summary>
/// <param name="Context">The request and its response.</param>
/// <param name="Clock">The clock of all streams.</param>
/// <param name="Logger">Where a stream that is cut off is noted.</param>
/// <param name="Held">Disposed once the stream is over, which may be after the request.</param>
internal readonly record struct SseResponse(HttpContext Context, StreamClock Clock, ILogger Logger, IDisposable Held)
{
    /// <summary>What it is sent as (WHATWG HTML, section 9.2).</summary>
    public const string MediaType = "text/event-stream; charset=utf-8";

    /// <summary>Sets what every stream begins with: nobody on the way may keep, change or buffer it.</summary>
    public static void WriteHeaders(HttpResponse response)
    {
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var headers = response.Headers;
        headers.ContentType = MediaType;
        headers.CacheControl = "no-store, no-transform";
        headers["X-Accel-Buffering"] = "no";
    }
}

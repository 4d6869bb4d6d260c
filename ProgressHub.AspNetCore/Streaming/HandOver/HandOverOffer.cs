using Microsoft.AspNetCore.Http.Features;
using ProgressHub.AspNetCore.Security;

namespace ProgressHub.AspNetCore.Streaming.HandOver;

/// <summary>
/// A response that may leave the server once it has begun. It says <c>Connection: close</c>: the server is not there for a
/// second request on this connection.
/// </summary>
internal readonly struct HandOverOffer
{
    private readonly HttpContext? _context;
    private readonly ISocketHandOver? _connection;

    private HandOverOffer(HttpContext context, ISocketHandOver connection) => (_context, _connection) = (context, connection);

    /// <summary>Looks whether a response that has not begun may leave, and prepares it; else this offers nothing.</summary>
    public static HandOverOffer Make(HttpContext context)
    {
        if (context.Features.Get<ISocketHandOver>() is not { } connection || !IsPlain(context) || !connection.IsPossible)
            return default;
        context.Response.Headers.Connection = "close";
        return new HandOverOffer(context, connection);
    }

    /// <summary>
    /// Takes the socket of a response whose beginning was flushed. What let the request in is watched on for it: the
    /// stream that goes on disposes that in its end.
    /// </summary>
    /// <returns>Null where there was no offer, or the client has gone: then the response is the server's still.</returns>
    public async ValueTask<(HandedOverSocket Socket, IDisposable? Access)?> TakeAsync()
    {
        // Only a response whose length is open goes on in chunks.
        if (_context is null || _context.Response.Headers.TransferEncoding != "chunked")
            return null;
        if (await _connection!.TakeAsync(_context.TraceIdentifier) is not { } socket)
            return null;
        return (socket, _context.Features.Get<IHeldAccess>()?.Hold(socket.Abort));
    }

    // A request without a body, on a response that nothing between here and the server changes: then both are the server's.
    private static bool IsPlain(HttpContext context) =>
        context.Request.Protocol == "HTTP/1.1"
        && context.Response is { HasStarted: false, ContentLength: null }
        && context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false }
        && ReferenceEquals(context.Features.Get<IHttpResponseBodyFeature>(), context.Features.Get<IHttpRequestLifetimeFeature>());
}

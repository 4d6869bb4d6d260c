using System.Collections.Frozen;
using System.Net;
using Microsoft.Extensions.Options;
using ProgressHub.AspNetCore.Problems;

namespace ProgressHub.AspNetCore.Security;

/// <summary>
/// Keeps strangers' pages out, and local mode local. A foreign <c>Host</c> is DNS rebinding: somebody's name made to point here, so that their page
/// counts as ours. A foreign <c>Origin</c> is somebody's page that sends its visitors' requests here; it is refused for
/// every method, because streams and WebSocket handshakes are GET. <c>Sec-Fetch-Site</c> tells of those without an origin.
/// Where people sign in the server may be anywhere, and goes by any name unless it is told by which; that pages of other
/// sites may not use it counts there as well, for browsers send its cookie along.
/// </summary>
internal sealed class LocalGuard(RequestDelegate next, IOptions<AuthOptions> options)
{
    private readonly FrozenSet<string> _hosts = FrozenSet.ToFrozenSet(
        ["localhost", "127.0.0.1", "[::1]", .. options.Value.AllowedHosts], StringComparer.OrdinalIgnoreCase);

    private readonly FrozenSet<string> _origins = FrozenSet.ToFrozenSet(
        options.Value.AllowedOrigins, StringComparer.OrdinalIgnoreCase);

    private readonly bool _isLocal = options.Value.Mode == AuthMode.Local;
    private readonly bool _anyHost = options.Value is { Mode: not AuthMode.Local, AllowedHosts.Length: 0 };

    public Task InvokeAsync(HttpContext context) =>
        Refusal(context) is { } problem ? problem.WriteAsync(context) : next(context);

    private Problem? Refusal(HttpContext context)
    {
        if (_isLocal && context.Connection.LocalIpAddress is { } address && !IPAddress.IsLoopback(address))
        {
            return Problem.Of(
                StatusCodes.Status403Forbidden, "not_local", "In local mode this server answers on this machine only.");
        }

        if (!_anyHost && !_hosts.Contains(context.Request.Host.Host))
        {
            return Problem.Of(
                StatusCodes.Status421MisdirectedRequest, "foreign_host",
                "This server does not go by that name; Auth:AllowedHosts lists the names it goes by.", "Host");
        }

        return IsFromElsewhere(context)
            ? Problem.Of(
                StatusCodes.Status403Forbidden, "foreign_origin",
                "Pages of that site may not use this server; Auth:AllowedOrigins lists those that may.", "Origin")
            : null;
    }

    private bool IsFromElsewhere(HttpContext context)
    {
        var request = context.Request;
        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0)
        {
            return !_origins.Contains(origin) && !IsOwn(origin, request)
                && context.GetEndpoint()?.Metadata.GetMetadata<OpenTo>()?.Allows(origin) is not true;
        }

        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site is "" or "same-origin" or "none")
            return false;

        // An image, a script or a fetch that can't read the answer: of no use to a page but to hold a stream open.
        return request.Headers["Sec-Fetch-Mode"] == "no-cors" && SecurityHeaders.IsData(context)
            || (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method));
    }

    // The scheme may differ behind a proxy that ends TLS; host and port may not.
    private static bool IsOwn(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && string.Equals(uri.GetLeftPart(UriPartial.Authority), origin, StringComparison.OrdinalIgnoreCase) && uri.UserInfo.Length == 0
        && Uri.TryCreate($"{uri.Scheme}://{request.Host.Value}", UriKind.Absolute, out var own)
        && Uri.Compare(uri, own, UriComponents.HostAndPort, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;
}

using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;
using ProgressHub.AspNetCore.Problems;

namespace ProgressHub.AspNetCore.Security;

/// <summary>The headers that tell a browser what a response may do. Set last, so that an error keeps them.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private const string Nothing = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";
    private const string Sandboxed = "sandbox; default-src 'none'; frame-ancestors 'none'";
    private const string NonceKey = "ProgressHub.CspNonce";
    private const string SandboxKey = "ProgressHub.CspSandbox";
    private static readonly string[] DataPaths = ["/api", "/openapi", "/health", "/metrics", "/hubs"];

    /// <summary>
    /// The nonce that an inline script of this response carries, such as Blazor's import map:
    /// <c>&lt;ImportMap nonce="@SecurityHeaders.Nonce(HttpContext)" /&gt;</c>. Other inline scripts do not run.
    /// </summary>
    public static string Nonce(HttpContext context)
    {
        if (context.Items[NonceKey] is not string nonce)
            context.Items[NonceKey] = nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        return nonce;
    }

    /// <summary>
    /// Makes this response data, whatever its media type says: opened in a browser it runs nothing and has no origin.
    /// </summary>
    public static void Sandbox(HttpContext context) => context.Items[SandboxKey] = true;

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(static state => Apply((HttpContext)state), context);
        return next(context);
    }

    private static Task Apply(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.TryAdd("Referrer-Policy", "same-origin");
        headers["Cross-Origin-Resource-Policy"] = ResourcePolicyOf(context);
        headers.ContentSecurityPolicy = PolicyOf(context);
        if (!IsPart(context))
        {
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(self), payment=(), usb=()";
        }

        if (IsData(context))
            VaryByOrigin(headers);
        return Task.CompletedTask;
    }

    // A page of another site that may read an answer (CORS) must be able to load it; no other page can use it for anything.
    private static string ResourcePolicyOf(HttpContext context) =>
        context.Response.Headers.ContainsKey(HeaderNames.AccessControlAllowOrigin) || context.Request.Path.StartsWithSegments("/js") ? "cross-origin" : "same-origin";

    /// <summary>Whether an address has data, and no page or script of ours.</summary>
    public static bool IsData(HttpContext context) =>
        DataOnly.Is(context) || Array.Exists(DataPaths, p => context.Request.Path.StartsWithSegments(p));

    // What a page loads is ruled by the page's policy (CSP 3, section 4.1), and there are dozens of them to a page: they get the
    // strictest in few words. A worker is ruled by its own, and whoever does not say what for they ask gets all.
    private static bool IsPart(HttpContext context) =>
        context.Request.Headers["Sec-Fetch-Dest"].ToString() is "script" or "style" or "font";

    // Whom an answer lets read it goes by who asked: a cache on the way must not hand one's to another, nor that of
    // somebody without an origin to a page (Fetch, "CORS protocol and HTTP caches").
    private static void VaryByOrigin(IHeaderDictionary headers)
    {
        var named = headers.GetCommaSeparatedValues(HeaderNames.Vary);
        if (!named.Contains(HeaderNames.Origin, StringComparer.OrdinalIgnoreCase) && !named.Contains("*"))
            headers.Append(HeaderNames.Vary, HeaderNames.Origin);
    }

    private static string PolicyOf(HttpContext context)
    {
        if (context.Items.ContainsKey(SandboxKey))
            return Sandboxed;
        if (IsData(context) || IsPart(context))
            return Nothing;

        var script = context.Items[NonceKey] is string nonce ? $"'self' 'nonce-{nonce}'" : "'self'";

        // The guard has checked the host. Not every browser counts a WebSocket to it as 'self'.
        var host = context.Request.Host.Value;
        return $"default-src 'self'; script-src {script}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
            $"font-src 'self' data:; connect-src 'self' ws://{host} wss://{host}; object-src 'none'; base-uri 'self'; " +
            "form-action 'self'; frame-ancestors 'none'";
    }
}

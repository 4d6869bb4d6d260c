using System.Security.Cryptography;

namespace ProgressHub.Web.Security;

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
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(self), payment=(), usb=()";
        headers.ContentSecurityPolicy = PolicyOf(context);
        return Task.CompletedTask;
    }

    private static string PolicyOf(HttpContext context)
    {
        if (context.Items.ContainsKey(SandboxKey))
            return Sandboxed;
        var path = context.Request.Path;
        if (DataOnly.Is(context) || Array.Exists(DataPaths, p => path.StartsWithSegments(p)))
            return Nothing;

        var script = context.Items[NonceKey] is string nonce ? $"'self' 'nonce-{nonce}'" : "'self'";

        // The guard has checked the host. Not every browser counts a WebSocket to it as 'self'.
        var host = context.Request.Host.Value;
        return $"default-src 'self'; script-src {script}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
            $"font-src 'self' data:; connect-src 'self' ws://{host} wss://{host}; object-src 'none'; base-uri 'self'; " +
            "form-action 'self'; frame-ancestors 'none'";
    }
}

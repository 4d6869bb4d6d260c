using Microsoft.Extensions.Options;
using ProgressHub.AspNetCore.Security;

namespace ProgressHub.Web.Components.Hosting;

/// <summary>
/// Bounds how many pages are live at once: each holds a circuit with its components in memory. A page that is not let in
/// stands as it was rendered, and tries again by itself.
/// </summary>
internal sealed class LivePageLimit(RequestDelegate next, IOptions<LimitOptions> limits)
{
    private const string RetryAfterSeconds = "5";

    // Where a page connects: first it negotiates, then it holds one request open as long as it is live.
    private static readonly PathString Hub = "/_blazor";
    private int _live;

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(Hub, out var rest))
        {
            await next(context);
            return;
        }

        var holds = !rest.HasValue && !HttpMethods.IsPost(context.Request.Method) && !HttpMethods.IsDelete(context.Request.Method);
        if (Interlocked.Add(ref _live, holds ? 1 : 0) > limits.Value.LivePages
            || (rest == "/negotiate" && Volatile.Read(ref _live) >= limits.Value.LivePages))
        {
            Interlocked.Add(ref _live, holds ? -1 : 0);
            await RefuseAsync(context);
            return;
        }

        try
        {
            await next(context);
        }
        finally
        {
            Interlocked.Add(ref _live, holds ? -1 : 0);
        }
    }

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        return TypedResults.Problem(
            "Too many pages are open already; close some, or try again later.", statusCode: StatusCodes.Status503ServiceUnavailable,
            type: "urn:progresshub:problem:too_many_pages", extensions: [new("code", "too_many_pages")]).ExecuteAsync(context);
    }
}

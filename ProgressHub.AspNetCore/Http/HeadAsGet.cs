namespace ProgressHub.AspNetCore.Http;

/// <summary>
/// Answers HEAD wherever GET is answered (RFC 9110, section 9.3.2): it is routed as GET, and the server, which knows
/// better, leaves the body out. Streams, which have no end, ask <see cref="IsHead"/>. Not for uploads, where HEAD is a
/// question of its own (tus 1.0, https://tus.io/protocols/resumable-upload#head).
/// </summary>
internal sealed class HeadAsGet(RequestDelegate next)
{
    private static readonly object Asked = new();
    private static readonly PathString Uploads = "/api/uploads";

    /// <summary>Whether the request, routed as GET, was HEAD: a stream without a set place then has nothing to write.</summary>
    public static bool IsHead(HttpContext context) => context.Items.ContainsKey(Asked);

    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsHead(request.Method) || request.Path.StartsWithSegments(Uploads))
        {
            await next(context);
            return;
        }

        request.Method = HttpMethods.Get;
        context.Items[Asked] = true;
        try
        {
            await next(context);
        }
        finally
        {
            request.Method = HttpMethods.Head;
        }
    }
}

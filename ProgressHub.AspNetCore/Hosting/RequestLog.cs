namespace ProgressHub.AspNetCore.Hosting;

/// <summary>
/// One line a request, at level Debug. Never its query: tickets and tokens travel there. The framework's own lines have
/// it, so a host silences them.
/// </summary>
internal sealed partial class RequestLog(RequestDelegate next, TimeProvider time, ILogger<RequestLog> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var begun = time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            // Escaped as it came, so that it can't break a line of the log.
            LogRequest(
                context.Request.Method, context.Request.Path.ToUriComponent(), context.Response.StatusCode,
                (long)time.GetElapsedTime(begun).TotalMilliseconds);
        }
    }

    [LoggerMessage(LogLevel.Debug, "{Method} {Path} answered {Status} after {Milliseconds} ms.")]
    private partial void LogRequest(string method, string path, int status, long milliseconds);
}

using Microsoft.AspNetCore.Connections;

namespace ProgressHub.AspNetCore.Problems;

/// <summary>
/// The one place where a failure becomes a response: exceptions, and error statuses that came without a body. Programs
/// get problem details, a browser that asked for a page gets one.
/// </summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (ConnectionResetException)
        {
            // Whoever sent a body has gone in the middle of it; there is nobody to answer.
            context.Abort();
            return;
        }
        catch (Exception failure) when (!context.Response.HasStarted)
        {
            var problem = ProblemMapping.Of(failure, context);
            if (problem.Status == StatusCodes.Status500InternalServerError)
                LogFailed(failure, context.Request.Method, context.Request.Path.ToUriComponent());
            context.Response.Clear();
            await WriteAsync(context, problem);
            return;
        }

        if (IsBareError(context))
            await WriteAsync(context, ProblemMapping.Of(context.Response.StatusCode));
    }

    private static bool IsBareError(HttpContext context) =>
        context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null };

    private static Task WriteAsync(HttpContext context, Problem problem) =>
        WantsPage(context) ? ErrorPage.WriteAsync(context, problem) : problem.WriteAsync(context);

    private static bool WantsPage(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/api")
        && !DataOnly.Is(context)
        && HttpMethods.IsGet(context.Request.Method)
        && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed.")]
    private partial void LogFailed(Exception failure, string method, string path);
}

using ProgressHub.AspNetCore.Problems;

namespace ProgressHub.AspNetCore.Hosting;

/// <summary>
/// Lets nobody in while the server stops: clients whose stream has just been ended come back at once, and would be waited
/// for. They are told to come back later, on a connection of their own.
/// </summary>
internal sealed class StoppingGate(RequestDelegate next, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(2);

    public Task InvokeAsync(HttpContext context)
    {
        if (!lifetime.ApplicationStopping.IsCancellationRequested)
            return next(context);
        context.Response.Headers.Connection = "close";
        var refusal = Problem.Of(StatusCodes.Status503ServiceUnavailable, "stopping", "The server is stopping; come back in a moment.");
        return (refusal with { RetryAfter = Later }).WriteAsync(context);
    }
}

using ProgressHub.AspNetCore.Problems;

namespace ProgressHub.AspNetCore.Hosting;

/// <summary>
/// Lets nobody in while the server stops: clients whose stream has just been ended come back at once, and would be waited
/// for. They are told to come back later, on a connection of their own. Who was in before and goes on, such as a slow sender
/// or a slow reader, is cut off after a moment; uploads and downloads resume.
/// </summary>
internal sealed class StoppingGate : IDisposable
{
    /// <summary>How long requests may go on once the server is to stop: the jobs have the rest of its time.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Later = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _over = new();
    private readonly RequestDelegate _next;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly CancellationTokenRegistration _stopping;
    private ITimer? _timer;

    public StoppingGate(RequestDelegate next, IHostApplicationLifetime lifetime, TimeProvider time)
    {
        (_next, _lifetime) = (next, lifetime);
        _stopping = lifetime.ApplicationStopping.Register(
            () => _timer = time.CreateTimer(static over => ((CancellationTokenSource)over!).Cancel(), _over, Patience, Timeout.InfiniteTimeSpan));
    }

    public async Task InvokeAsync(HttpContext context)
    {
        if (!_lifetime.ApplicationStopping.IsCancellationRequested)
        {
            await using var cut = _over.Token.UnsafeRegister(static request => ((HttpContext)request!).Abort(), context);
            await _next(context);
            return;
        }

        context.Response.Headers.Connection = "close";
        var refusal = Problem.Of(StatusCodes.Status503ServiceUnavailable, "stopping", "The server is stopping; come back in a moment.");
        await (refusal with { RetryAfter = Later }).WriteAsync(context);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _timer?.Dispose();
        _over.Dispose();
    }
}

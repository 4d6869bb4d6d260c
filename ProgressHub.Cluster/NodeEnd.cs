using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProgressHub.Core.Execution;

namespace ProgressHub.Cluster;

/// <summary>
/// How a node ends that is none any more: it gives up its attempts, which others run by now or soon, lets its streams end so
/// that their watchers come to another node, and leaves with exit code 1, so that whoever watches over it starts it again.
/// </summary>
internal sealed partial class NodeEnd(
    IHostApplicationLifetime lifetime, IServiceProvider services, TimeProvider time, ILogger<NodeEnd> logger) : IFatalErrorHandler
{
    private static readonly TimeSpan ExitWithin = TimeSpan.FromSeconds(10);
    private int _isOver;

    /// <inheritdoc/>
    public bool IsUnexpected(Exception exception) => exception is not (OperationCanceledException or ObjectDisposedException);

    /// <inheritdoc/>
    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null) =>
        GiveUp(exception?.Message ?? context ?? "The other nodes hold it for dead.");

    /// <summary>This node has read that it is no member any more. One that stops by itself knows that.</summary>
    public void HasLeft()
    {
        if (!lifetime.ApplicationStopping.IsCancellationRequested)
            GiveUp("The other nodes hold it for dead.");
    }

    /// <summary>Ends this node; returns at once.</summary>
    /// <param name="reason">Why, for the log.</param>
    public void GiveUp(string reason)
    {
        if (Interlocked.Exchange(ref _isOver, 1) != 0)
            return;
        LogEnds(reason);
        Environment.ExitCode = 1;
        foreach (var execution in services.GetRequiredService<RunningJobs>().All)
            execution.RequestStop(StopReason.Lost);
        lifetime.StopApplication();
        _ = ExitAsync();
    }

    // Were it to hang now, it would be neither a node nor started again.
    private async Task ExitAsync()
    {
        await Task.Delay(ExitWithin, time);
        Environment.Exit(1);
    }

    [LoggerMessage(LogLevel.Critical, "This node ends, and is to be started again: {Reason}")]
    private partial void LogEnds(string reason);
}

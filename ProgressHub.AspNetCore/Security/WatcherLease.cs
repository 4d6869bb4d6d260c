using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Security;

/// <summary>The place of one watcher among those that are allowed; given back once, however often it is disposed.</summary>
internal sealed class WatcherLease(WatcherLimiter limiter, string owner, JobId? job) : IDisposable
{
    private int _disposed;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            limiter.Exit(owner, job);
    }
}

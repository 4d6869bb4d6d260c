using System.Diagnostics.CodeAnalysis;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Health;

/// <summary>Whether the store takes writes; found out at most once in two seconds, however many ask.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore is only ever awaited; it holds no handle.")]
internal sealed partial class StorageProbe(IJobStore store, TimeProvider time, ILogger<StorageProbe> logger)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private readonly SemaphoreSlim _one = new(1, 1);
    private long? _askedAt;
    private string? _error;

    /// <summary>Why it takes none, for a person; null where it does.</summary>
    public async Task<string?> FindErrorAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_askedAt is not { } asked || time.GetElapsedTime(asked) >= Fresh)
            {
                _error = await ProbeAsync();
                _askedAt = time.GetTimestamp();
            }

            return _error;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<string?> ProbeAsync()
    {
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            await store.ProbeAsync(patience.Token).AsTask().WaitAsync(patience.Token);
            return null;
        }
        catch (StorageUnavailableException unavailable)
        {
            return unavailable.Message;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return "The store does not answer in time.";
        }
        catch (Exception failure)
        {
            LogProbeFailed(failure);
            return "The store failed; the server's log says why.";
        }
    }

    [LoggerMessage(LogLevel.Error, "The store could not be probed.")]
    private partial void LogProbeFailed(Exception failure);
}

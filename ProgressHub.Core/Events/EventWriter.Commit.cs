using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Events;

/// <summary>Putting a batch on disk, however long the store can't take it.</summary>
internal sealed partial class EventWriter
{
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Returns once it is on disk; false where it never will be: another attempt owns the job, or the store was closed,
    /// and the next start goes on from what is on disk.
    /// </summary>
    private async Task<bool> CommitAsync(LogAppend batch)
    {
        for (var delay = TimeSpan.FromMilliseconds(50); ; delay = Min(delay * 2, MaxRetryDelay))
        {
            try
            {
                var outcome = await _log.AppendAsync(batch, CancellationToken.None);
                batch.Frames[^1].Ending = outcome.Ending;
                return outcome.IsCommitted;
            }
            catch (StorageClosedException)
            {
                return false;
            }
            catch (StorageUnavailableException)
            {
                // The store says so itself, in its log and in readiness. Nothing is lost meanwhile: the batch stays here.
                await Task.Delay(delay, _time, CancellationToken.None);
            }
        }
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}

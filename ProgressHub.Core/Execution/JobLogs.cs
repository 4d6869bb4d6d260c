using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Execution;

/// <summary>Opens jobs' logs for writing.</summary>
internal sealed class JobLogs(EventFeeds feeds, IEventLog log, IJobStore store, TimeProvider time)
{
    /// <summary>Takes a job's log, once whoever writes it now is done; null where there is no such job.</summary>
    public ValueTask<EventWriter?> OpenAsync(JobId id, CancellationToken cancellationToken) =>
        OpenAsync(id, Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Takes a job's log if nobody writes it now; null also where somebody does.</summary>
    public ValueTask<EventWriter?> TryOpenAsync(JobId id, CancellationToken cancellationToken) =>
        OpenAsync(id, TimeSpan.Zero, cancellationToken);

    private async ValueTask<EventWriter?> OpenAsync(JobId id, TimeSpan patience, CancellationToken cancellationToken)
    {
        var lease = await feeds.AcquireAsync(id, cancellationToken);
        return lease is null
            ? null
            : await EventWriter.OpenAsync(
                lease, log, () => store.FindAsync(id, cancellationToken), time, patience, cancellationToken);
    }
}

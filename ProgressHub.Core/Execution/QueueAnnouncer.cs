using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Execution;

/// <summary>
/// Tells those who watch a queued job that it has moved up: once a second at most, and only for the jobs near the front
/// that somebody watches. For all others a snapshot says where they stand.
/// </summary>
internal sealed partial class QueueAnnouncer(
    IJobStore store, JobQueue queue, JobLogs logs, EventFeeds feeds, TimeProvider time,
    ILogger<QueueAnnouncer> logger) : BackgroundService
{
    private const int Front = 50;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => time.EveryAsync(
        Interval, stopping => queue.Waiting > 0 ? AnnounceAsync(stopping) : Task.CompletedTask, stoppingToken);

    private async Task AnnounceAsync(CancellationToken cancellationToken)
    {
        try
        {
            var ids = await store.ListQueuedAsync(Front, cancellationToken);
            for (var position = 0; position < ids.Count; position++)
            {
                if (feeds.FindWatched(ids[position]) is { State: JobState.Queued } state && state.QueuePosition != position)
                    await AnnounceAsync(ids[position], position, cancellationToken);
            }
        }
        catch (StorageUnavailableException)
        {
            // A place in the queue is worth no retry: the next round tells the newer one.
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // Were it to leave here, the host would stop.
            LogAnnouncingFailed(failure);
        }
    }

    private async Task AnnounceAsync(JobId id, int position, CancellationToken cancellationToken)
    {
        using var writer = await logs.TryOpenAsync(id, cancellationToken);
        if (writer?.Job is not { State: JobState.Queued } job)
            return;
        writer.Append(new QueuedEvent(job.Kind, job.Title, position, job.Tags.Count > 0 ? job.Tags : null, job.RetryOf));
        await writer.FlushAsync().WaitAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Error, "Places in the queue could not be announced; the next round tries again.")]
    private partial void LogAnnouncingFailed(Exception failure);
}

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;

namespace ProgressHub.Core.Execution;

/// <summary>Purges finished jobs whose time is over, a few at a time, so that no commit is long.</summary>
internal sealed partial class RetentionSweeper(
    IJobStore store, UploadService uploads, IOptions<ExecutionOptions> options, TimeProvider time,
    ILogger<RetentionSweeper> logger) : BackgroundService
{
    private const int Slice = 100;

    /// <summary>Purges all that is due now; returns how many jobs went.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var purged = 0;

        // Of the jobs, not of the workloads: a kind may have been taken out since its jobs ran.
        foreach (var kind in (await store.CountAsync(cancellationToken)).Select(c => c.Kind).Distinct())
        {
            var cutoff = now - options.Value.RetentionByKind.GetValueOrDefault(kind, options.Value.Retention);
            IReadOnlyList<JobId> due;
            do
            {
                due = await store.ListFinishedBeforeAsync(kind, cutoff, Slice, cancellationToken);
                foreach (var id in due)
                    purged += await store.PurgeAsync(id, now, cancellationToken) ? 1 : 0;
            }
            while (due.Count == Slice);
        }

        await uploads.SweepRemovedAsync(cancellationToken);
        await store.PurgeTombstonesAsync(now - options.Value.TombstoneRetention, cancellationToken);
        return purged;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await SweepOnceAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task SweepOnceAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (await SweepAsync(stoppingToken) is > 0 and var purged)
                LogPurged(purged);
        }
        catch (StorageUnavailableException)
        {
            // The next sweep finds the same jobs.
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            LogSweepFailed(failure);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Count} jobs were purged: their retention is over.")]
    private partial void LogPurged(int count);

    [LoggerMessage(LogLevel.Error, "The retention sweep failed; the next one tries again.")]
    private partial void LogSweepFailed(Exception failure);
}

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;

namespace ProgressHub.Core.Execution;

/// <summary>Purges finished jobs whose time is over, a few at a time, so that no commit is long.</summary>
internal sealed class RetentionSweeper(
    IJobStore store, UploadService uploads, IOptions<ExecutionOptions> options, SweepSchedule schedule,
    ILogger<RetentionSweeper> logger) : PeriodicSweep(schedule, logger)
{
    private const int Slice = 100;
    private readonly TimeProvider _time = schedule.Time;

    protected override TimeSpan Interval => options.Value.SweepInterval;

    protected override string What => "jobs whose retention is over";

    public override async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var purged = 0;

        // Of the jobs, not of the workloads: a kind may have been taken out since its jobs ran.
        foreach (var kind in (await store.CountAsync(cancellationToken)).Select(c => c.Kind).Distinct())
        {
            var cutoff = now - options.Value.RetentionByKind.GetValueOrDefault(kind, options.Value.Retention);
            IReadOnlyList<JobId> due;
            int gone;
            do
            {
                due = await store.ListFinishedBeforeAsync(kind, cutoff, Slice, cancellationToken);
                gone = 0;
                foreach (var id in due)
                    gone += await store.PurgeAsync(id, now, cancellationToken) ? 1 : 0;
                purged += gone;
            }
            while (due.Count == Slice && gone > 0);
        }

        await uploads.SweepRemovedAsync(cancellationToken);
        await store.PurgeTombstonesAsync(now - options.Value.TombstoneRetention, cancellationToken);
        return purged;
    }
}

using Microsoft.Extensions.Logging;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>What a damaged disk has left of jobs under way is brought into line before anybody reads it; on the writer's thread.</summary>
internal sealed partial class StartRepairs(SqlDialect dialect, TimeProvider time, ILogger logger)
{
    /// <summary>Looks at the database after a crash, mends damaged states, then marks what was lost with a loss that was accepted.</summary>
    public void Run(SqlSession session)
    {
        dialect.Verify(session);

        // Before a loss is marked, which reads the states.
        if (SnapshotRepair.Find(session) is { Count: > 0 } damaged)
            Mend(session, damaged);
        if (dialect.LostNumbers > 0)
            MarkLoss(session);
    }

    private void Mend(SqlSession session, IReadOnlyList<DamagedJob> damaged)
    {
        var repair = new SnapshotRepair(time.GetUtcNow());
        foreach (var job in damaged)
        {
            session.Begin();
            var isWhole = repair.Mend(session, job);
            session.Commit();
            if (isWhole)
                LogMended(job.Job.Id);
            else
                LogEnded(job.Job.Id);
        }
    }

    private void MarkLoss(SqlSession session)
    {
        session.Begin();
        var jobs = new LostEvents(dialect.LostNumbers, time.GetUtcNow()).Mark(session);
        session.Commit();
        dialect.LossIsMarked(session);
        LogMarked(jobs);
    }

    [LoggerMessage(LogLevel.Error, "The stored state of job {JobId} was damaged; it was made anew from the job's events.")]
    private partial void LogMended(JobId jobId);

    [LoggerMessage(LogLevel.Error, "The stored state and events of job {JobId} are damaged; the job has failed.")]
    private partial void LogEnded(JobId jobId);

    [LoggerMessage(LogLevel.Warning, "{Jobs} jobs that have not ended say in their logs that events of theirs may be lost.")]
    private partial void LogMarked(int jobs);
}

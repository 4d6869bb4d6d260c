using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Execution;

/// <summary>
/// At start-up, and where a node is gone: the jobs that were interrupted go back into the queue, where they resume from their
/// checkpoint, or end where they were to be canceled or have been interrupted too often without finishing anything.
/// </summary>
internal sealed partial class JobRecovery(
    InterruptedJobs interrupted, JobLogs logs, JobEnd end, ProgressJudge judge, IOptions<ExecutionOptions> options,
    ILogger<JobRecovery> logger)
{
    /// <summary>Recovers every job that stands as begun and that no node runs.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var jobs = await interrupted.ListAsync(cancellationToken);
        foreach (var job in jobs)
            await TryRecoverAsync(job, cancellationToken);
        if (jobs.Count > 0)
            LogRecovered(jobs.Count);
    }

    // What is damaged of one job must not keep the others from going on.
    private async Task TryRecoverAsync(Job job, CancellationToken cancellationToken)
    {
        try
        {
            await RecoverAsync(job, cancellationToken);
        }
        catch (StorageDamagedException damage)
        {
            LogDamaged(damage, job.Id);
            using var writer = await logs.OpenAsync(job.Id, cancellationToken);
            if (writer is not null)
                await end.EndAsync(writer, JobState.Failed, new Events.JobError(StorageDamagedException.Code, damage.Message));
        }
    }

    private async Task RecoverAsync(Job job, CancellationToken cancellationToken)
    {
        // Another node may have recovered it already, and somebody may run it again: perhaps this one, who then has its log.
        using var writer = interrupted.AreShared
            ? await logs.TryOpenAsync(job.Id, cancellationToken)
            : await logs.OpenAsync(job.Id, cancellationToken);
        if (writer is null || writer.Job.Fence != job.Fence || writer.Job.State == JobState.Queued || writer.Job.State.IsFinal())
            return;

        if (job.CancelRequested)
        {
            end.Append(writer, JobState.Canceled);
        }
        else if (await judge.MadeProgressAsync(job, cancellationToken) is var madeProgress
            && !madeProgress && job.AttemptsWithoutProgress + 1 >= options.Value.MaxInterruptionsWithoutProgress)
        {
            end.Append(writer, JobState.Failed, new Events.JobError(
                "interrupted", "The server stopped in the middle of this job again and again; it is not tried any more."));
        }
        else
        {
            end.Requeue(writer, "The server was restarted.", TimeSpan.Zero, madeProgress);
        }

        await end.CompleteAsync(writer);
    }

    [LoggerMessage(LogLevel.Error, "Job {JobId} was interrupted and can't go on.")]
    private partial void LogDamaged(Exception damage, JobId jobId);

    [LoggerMessage(LogLevel.Information, "{Count} jobs were interrupted; they go on.")]
    private partial void LogRecovered(int count);
}

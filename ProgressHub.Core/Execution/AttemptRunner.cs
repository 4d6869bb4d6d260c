using Microsoft.Extensions.Logging;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>Takes one job that was begun to the end of its attempt; whatever breaks, the job ends or is recovered.</summary>
internal sealed partial class AttemptRunner(
    JobLogs logs, RunningJobs running, WorkloadCatalog workloads, AttemptFactory attempts, JobEnd end,
    ILogger<AttemptRunner> logger)
{
    /// <summary>Runs the attempt; never throws.</summary>
    /// <param name="job">The job, as it was claimed.</param>
    /// <param name="slot">Its slot; given back when this returns, or sooner.</param>
    /// <param name="stopping">Canceled when the server stops.</param>
    public async Task RunAsync(Job job, JobSlot slot, CancellationToken stopping)
    {
        await Task.Yield();
        using var held = slot;
        try
        {
            if (await AttemptAsync(job, slot, stopping))
                await EndBrokenAsync(job, CancellationToken.None);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The store was not there to begin with it; the next start recovers it.
        }
        catch (StorageClosedException)
        {
            // Nor will it be: the next start recovers it.
        }
        catch (Exception failure)
        {
            LogAttemptNotBegun(failure, job.Id);
            await EndUnbegunAsync(job, stopping);
        }
    }

    /// <summary>Ends a job that stands as running and that nobody runs: it would take no cancel until the next start.</summary>
    private async Task EndUnbegunAsync(Job job, CancellationToken stopping)
    {
        try
        {
            await EndBrokenAsync(job, stopping);
        }
        catch (Exception failure)
        {
            LogNotEnded(failure, job.Id);
        }
    }

    /// <summary>Ends a job whose attempt could not go on because the store failed in a way that is no outage.</summary>
    private async Task EndBrokenAsync(Job job, CancellationToken cancellationToken)
    {
        using var writer = await logs.OpenAsync(job.Id, cancellationToken);
        if (writer is null || writer.Job.State.IsFinal() || writer.Job.Attempt != job.Attempt)
            return;

        await end.EndAsync(writer, JobState.Failed, new JobError(
            "internal_error", "The server failed to keep what this job reported; its log says why."));
    }

    /// <summary>Whether the store broke under the attempt.</summary>
    private async Task<bool> AttemptAsync(Job job, JobSlot slot, CancellationToken stopping)
    {
        using var writer = await logs.OpenClaimedAsync(job, stopping);
        if (writer is null || writer.Job.Attempt != job.Attempt)
            return false;

        var execution = attempts.Create(writer, workloads.Get(job.Kind), slot);
        running.Add(execution);
        try
        {
            if (stopping.IsCancellationRequested)
                execution.RequestStop(StopReason.Shutdown);
            await execution.RunAsync();
            return writer.Failure is not null;
        }
        finally
        {
            running.Remove(execution);
        }
    }

    [LoggerMessage(LogLevel.Error, "The attempt of job {JobId} could not begin; the job ends.")]
    private partial void LogAttemptNotBegun(Exception failure, JobId jobId);

    [LoggerMessage(LogLevel.Error, "Job {JobId} could not be ended either; it goes on after a restart.")]
    private partial void LogNotEnded(Exception failure, JobId jobId);
}

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>
/// At start-up: the jobs that a crash interrupted go back into the queue, where they resume from their checkpoint, or end
/// where they were to be canceled or have been interrupted too often without finishing anything.
/// </summary>
internal sealed partial class JobRecovery(
    IJobStore store, JobLogs logs, JobPartials partials, JobQueue queue, WorkloadCatalog workloads, IOptions<ExecutionOptions> options,
    TimeProvider time, ILogger<JobRecovery> logger)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var waiting = (await store.CountAsync(cancellationToken)).Where(c => c.State == JobState.Queued).Sum(c => c.Count);
        queue.Added((int)waiting);
        var interrupted = await store.ListInterruptedAsync(cancellationToken);
        foreach (var job in interrupted)
            await RecoverAsync(job, cancellationToken);
        if (interrupted.Count > 0)
            LogRecovered(interrupted.Count);
    }

    /// <summary>Ends a job whose attempt could not go on because the store failed in a way that is no outage.</summary>
    public async Task EndBrokenAsync(Job job)
    {
        using var writer = await logs.OpenAsync(job.Id, CancellationToken.None);
        if (writer is null || writer.Job.State.IsFinal() || writer.Job.Attempt != job.Attempt)
            return;

        Finish(writer, JobState.Failed, new JobError(
            "internal_error", "The server failed to keep what this job reported; its log says why."));
        await writer.FlushAsync();
    }

    private async Task RecoverAsync(Job job, CancellationToken cancellationToken)
    {
        using var writer = await logs.OpenAsync(job.Id, cancellationToken);
        if (writer is null || writer.Job.State.IsFinal())
            return;

        if (job.CancelRequested)
        {
            Finish(writer, JobState.Canceled, null);
        }
        else if (await IsFruitfulAsync(job, cancellationToken) is var fruitful
            && !fruitful && job.FruitlessAttempts + 1 >= options.Value.MaxFruitlessInterruptions)
        {
            Finish(writer, JobState.Failed, new JobError(
                "interrupted", "The server stopped in the middle of this job again and again; it is not tried any more."));
        }
        else
        {
            writer.Append(new RetryingEvent("The server was restarted.", 0), j => j.Requeue(null, fruitful));
            queue.Added();
        }

        await writer.FlushAsync();
    }

    private async Task<bool> IsFruitfulAsync(Job job, CancellationToken cancellationToken)
    {
        // Work that is done elsewhere went on all the while.
        if (workloads.Find(job.Kind)?.Descriptor.RunsElsewhere == true)
            return true;
        await foreach (var piece in partials.ReadAsync(job.Id, cancellationToken))
        {
            // One that an earlier attempt had finished too is no step forward.
            if (piece is { Ok: true, Replaces: not "ok" } && piece.Attempt == job.Attempt)
                return true;
        }

        return await store.HasCheckpointAsync(job.Id, job.Attempt, cancellationToken);
    }

    private void Finish(EventWriter writer, JobState state, JobError? error)
    {
        var now = time.GetUtcNow();
        writer.Append(
            new DoneEvent(state, error, null, JobSummaries.Of(writer.Draft, writer.Job, now)),
            job => job.Finish(state, now));
    }

    [LoggerMessage(LogLevel.Information, "{Count} jobs were interrupted; they go on.")]
    private partial void LogRecovered(int count);
}

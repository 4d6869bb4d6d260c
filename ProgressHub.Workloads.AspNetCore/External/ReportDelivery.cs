using ProgressHub.AspNetCore.Problems;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.External;

namespace ProgressHub.Workloads.AspNetCore.External;

/// <summary>Hands reports to the running job, waits for one that is about to run, and says what became of one that ended.</summary>
internal sealed class ReportDelivery(ReportRoute route, JobService jobs, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Applies updates. Of a job that was canceled nothing is applied: the answer says so, for the program to stop.</summary>
    /// <exception cref="RefusedException">409 <c>job_finished</c> with its state; 503 <c>not_running</c>.</exception>
    /// <exception cref="WorkloadException"><c>unknown_stage</c>; nothing was applied.</exception>
    public async Task<ExternalAnswer> UpdateAsync(
        Job job, IReadOnlyList<WorkloadUpdate> updates, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        for (var tries = 1; time.GetElapsedTime(begun) < Patience; tries++)
        {
            var present = await PresentAsync(job, cancellationToken);
            if (present.State is JobState.Canceling or JobState.Canceled)
                return Answer(present);
            if (present.IsFinal)
                throw Finished(present);
            if (await DeliverAsync(job.Id, updates, tries, cancellationToken) is { } answer)
                return answer;
        }

        throw NotRunning();
    }

    /// <summary>Ends the job; returns once it has ended. Asking again for the end it has had is answered alike.</summary>
    /// <exception cref="RefusedException">409 <c>job_finished</c> where it ended otherwise; 503 <c>not_running</c>.</exception>
    public async Task<ExternalAnswer> EndAsync(Job job, ExternalEnd end, CancellationToken cancellationToken)
    {
        var wanted = end is ExternalEnd.Completed ? JobState.Succeeded : JobState.Failed;
        var begun = time.GetTimestamp();
        for (var tries = 1; time.GetElapsedTime(begun) < Patience; tries++)
        {
            var present = await PresentAsync(job, cancellationToken);
            if (present.IsFinal)
                return present.State == wanted ? Answer(present) : throw Finished(present);
            if (present.State == JobState.Canceling || await route.EndAsync(job.Id, end, route.Pause(tries), cancellationToken))
                await jobs.WaitAsync(job.Id, job.Owner, present.Seq, Look, cancellationToken);
        }

        throw NotRunning();
    }

    private async Task<ExternalAnswer?> DeliverAsync(
        JobId id, IReadOnlyList<WorkloadUpdate> updates, int tries, CancellationToken cancellationToken)
    {
        try
        {
            return await route.DeliverAsync(id, updates, route.Pause(tries), cancellationToken);
        }
        catch (AttemptUnreachableException)
        {
            throw NotRunning();
        }
    }

    private async Task<JobSnapshot> PresentAsync(Job job, CancellationToken cancellationToken) =>
        await jobs.FindAsync(job.Id, job.Owner, cancellationToken) ?? throw new RefusedException(ProblemMapping.Purged);

    private static ExternalAnswer Answer(JobSnapshot present) => new(
        present.Seq, present.Report, present.State is JobState.Canceling or JobState.Canceled, present.State);

    private static RefusedException Finished(JobSnapshot present) => new(
        Problem.Of(StatusCodes.Status409Conflict, "job_finished", $"The job has ended: {present.State.Name()}.") with
        {
            State = present.State.Name(),
        });

    private static RefusedException NotRunning() => new(
        Problem.Of(
            StatusCodes.Status503ServiceUnavailable, "not_running",
            "The job does not listen now; send it again. Updates with numbers are never applied twice.") with
            {
                RetryAfter = TimeSpan.FromSeconds(1),
            });
}

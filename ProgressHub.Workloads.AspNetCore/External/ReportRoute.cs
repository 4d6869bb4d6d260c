using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Retries;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.External;

namespace ProgressHub.Workloads.AspNetCore.External;

/// <summary>
/// The way of a report to the attempt that listens: on this node first, else on the one that runs the job. The job's log stays with
/// that node alone, so that order and numbers are those of one writer.
/// </summary>
internal sealed class ReportRoute(ExternalJobs external, AttemptCommands attempts)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    // Where a job of several nodes begins, only its row tells.
    private static readonly Backoff Pauses = new(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(500));

    /// <inheritdoc cref="ExternalJobs.DeliverAsync"/>
    /// <exception cref="AttemptUnreachableException">
    /// The node that ran the job did not answer, and some of the updates have no number: sent once more they might be applied twice.
    /// </exception>
    public async Task<ExternalAnswer?> DeliverAsync(
        JobId id, IReadOnlyList<WorkloadUpdate> updates, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (!attempts.AreSeveral || attempts.RunsHere(id))
            return await external.DeliverAsync(id, updates, patience, cancellationToken);
        try
        {
            if (await attempts.ReportAsync(id, new ForwardedReport(updates).Write(), cancellationToken) is { } answer)
                return ForwardedAnswer.Read(answer);
        }
        catch (AttemptUnreachableException) when (updates.All(update => update.Number is not null))
        {
            // Whoever runs the job next passes over what was applied.
        }

        // It may be this node that runs the job next.
        return await external.DeliverAsync(id, updates, patience, cancellationToken);
    }

    /// <inheritdoc cref="ExternalJobs.EndAsync"/>
    public async Task<bool> EndAsync(JobId id, ExternalEnd end, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (!attempts.AreSeveral || attempts.RunsHere(id))
            return await external.EndAsync(id, end, patience, cancellationToken);
        try
        {
            if (await attempts.ReportAsync(id, ForwardedReport.Of(end).Write(), cancellationToken) is not null)
                return true;
        }
        catch (AttemptUnreachableException)
        {
            // A job ends once, whoever is asked; where it has not ended, it is asked again.
        }

        return await external.EndAsync(id, end, patience, cancellationToken);
    }

    /// <summary>How long to wait for a job to listen here before it is looked for again.</summary>
    /// <param name="tries">How often it was looked for, from 1.</param>
    public TimeSpan Pause(int tries) => attempts.AreSeveral ? Pauses.After(tries) : Look;
}

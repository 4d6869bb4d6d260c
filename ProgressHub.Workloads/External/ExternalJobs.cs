using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.External;

/// <summary>
/// Brings what programs report to the jobs that listen. Whoever calls has made sure that the program may report for the
/// job. Nothing is kept here: a report that is not answered was not necessarily applied, and is to be sent again.
/// </summary>
public sealed class ExternalJobs(TimeProvider time)
{
    /// <summary>The name of the kind.</summary>
    public const string Kind = "external";

    private readonly Lock _gate = new();
    private readonly Dictionary<JobId, ExternalSession> _sessions = [];
    private TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Applies updates, in order; once this returns all of them are on disk.</summary>
    /// <param name="id">The job.</param>
    /// <param name="updates">
    /// The updates. Each is applied as a whole or not at all. One whose number is not above that of the last one applied
    /// is passed over: it was applied before.
    /// </param>
    /// <param name="patience">How long to wait for the job to listen, where it does not yet.</param>
    /// <param name="cancellationToken">Gives up waiting; the updates may be applied all the same.</param>
    /// <returns>Null where no attempt took them: none runs, or it ended meanwhile.</returns>
    /// <exception cref="WorkloadException"><c>unknown_stage</c>; none of the updates is applied.</exception>
    public async Task<ExternalAnswer?> DeliverAsync(
        JobId id, IReadOnlyList<WorkloadUpdate> updates, TimeSpan patience, CancellationToken cancellationToken) =>
        await FindAsync(id, patience, cancellationToken) is { } session
            ? await session.SendAsync(new ExternalReport(updates, null), cancellationToken)
            : null;

    /// <summary>Ends a job; what was delivered before is applied first.</summary>
    /// <returns>Whether the attempt took it; false where none runs, or it ended meanwhile.</returns>
    /// <inheritdoc cref="DeliverAsync"/>
    public async Task<bool> EndAsync(JobId id, ExternalEnd end, TimeSpan patience, CancellationToken cancellationToken) =>
        await FindAsync(id, patience, cancellationToken) is { } session
        && await session.SendAsync(new ExternalReport([], end), cancellationToken) is not null;

    /// <summary>When a job's program was last heard of; null where that was before this server began to listen, or never.</summary>
    public DateTimeOffset? LastHeard(JobId id)
    {
        lock (_gate)
            return _sessions.GetValueOrDefault(id)?.HeardAt;
    }

    internal void Open(ExternalSession session)
    {
        TaskCompletionSource opened;
        lock (_gate)
        {
            _sessions[session.JobId] = session;
            opened = _opened;
            _opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        opened.TrySetResult();
    }

    internal void Close(ExternalSession session)
    {
        lock (_gate)
        {
            // The next attempt may be there already.
            if (_sessions.GetValueOrDefault(session.JobId) == session)
                _sessions.Remove(session.JobId);
        }

        session.Close();
    }

    private async Task<ExternalSession?> FindAsync(JobId id, TimeSpan patience, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            Task opened;
            lock (_gate)
            {
                if (_sessions.TryGetValue(id, out var session))
                    return session;
                opened = _opened.Task;
            }

            var left = patience - time.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero)
                return null;
            try
            {
                await opened.WaitAsync(left, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                return null;
            }
        }
    }
}

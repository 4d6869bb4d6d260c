using ProgressHub.Core.Jobs;
using ProgressHub.Core.Nodes;

namespace ProgressHub.Core.Execution;

/// <summary>Commands to a job's attempt, wherever it runs: on this node first, else on the one that the store names.</summary>
internal sealed class AttemptCommands(RunningJobs running, IRemoteAttempts remote, INodes nodes, IJobStore store)
{
    /// <summary>Whether it runs on this node.</summary>
    public bool RunsHere(JobId id) => running.TryGet(id, out _);

    /// <summary>Asks for the end of a job; returns once the request is on disk.</summary>
    /// <returns>False where no attempt took it: none runs, it is over, or it is on its way from one node to another.</returns>
    public async Task<bool> CancelAsync(JobId id, CancellationToken cancellationToken)
    {
        if (running.TryGet(id, out var execution) && await execution.CancelAsync(cancellationToken))
            return true;
        return await FindNodeAsync(id, cancellationToken) is { } node && await remote.CancelAsync(node, id, cancellationToken);
    }

    /// <summary>Changes a job's tags; returns once that is on disk.</summary>
    /// <returns>False where no attempt took it: none runs, it is over, or it is on its way from one node to another.</returns>
    /// <exception cref="Workloads.WorkloadException">A new tag is not acceptable.</exception>
    public async Task<bool> TagAsync(JobId id, TagChange change, CancellationToken cancellationToken)
    {
        if (running.TryGet(id, out var execution) && await execution.TagAsync(change, cancellationToken))
            return true;
        return await FindNodeAsync(id, cancellationToken) is { } node && await remote.TagAsync(node, id, change, cancellationToken);
    }

    /// <summary>Answers the question a job waits with.</summary>
    /// <exception cref="JobConflictException">It asks nothing, or something else.</exception>
    public async Task AnswerAsync(JobId id, string requestId, string answer)
    {
        if (running.TryGet(id, out var execution))
            await execution.AnswerAsync(requestId, answer);
        else if (await FindNodeAsync(id, CancellationToken.None) is not { } node || !await remote.AnswerAsync(node, id, requestId, answer))
            throw new JobConflictException("no_pending_input", "The job asks nothing now.");
    }

    /// <summary>Whether a job may run on another node.</summary>
    public bool AreSeveral => nodes.AreSeveral;

    /// <summary>Hands a program's report to the attempt on another node.</summary>
    /// <returns>That node's answer; null where no attempt on another node took it.</returns>
    /// <exception cref="AttemptUnreachableException">The node did not answer: whether it took the report is not known.</exception>
    public async Task<byte[]?> ReportAsync(JobId id, byte[] report, CancellationToken cancellationToken) =>
        await FindNodeAsync(id, cancellationToken) is { } node ? await remote.ReportAsync(node, id, report, cancellationToken) : null;

    /// <summary>Another node that runs the job; null where none does.</summary>
    private async ValueTask<string?> FindNodeAsync(JobId id, CancellationToken cancellationToken)
    {
        if (!nodes.AreSeveral)
            return null;
        var job = await store.FindAsync(id, cancellationToken);
        return job is { State: not JobState.Queued, FinishedAt: null, Node: { } node } && node != nodes.Self ? node : null;
    }
}

using ProgressHub.Core.Jobs;
using ProgressHub.Core.Nodes;

namespace ProgressHub.Core.Execution;

/// <summary>What is done once before the first job runs: the store made ready, and what a crash left brought into line.</summary>
internal sealed class EngineStart(
    IJobStore store, INodes nodes, ServerFiles files, JobQueue queue, JobRecovery recovery, UnknownKinds unknownKinds)
{
    /// <summary>Does it.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await store.InitializeAsync(cancellationToken);
        await files.ReconcileAsync(nodes.AreSeveral, cancellationToken);
        await queue.CountAsync(cancellationToken);
        await recovery.RunAsync(cancellationToken);
        await unknownKinds.EndAllAsync(cancellationToken);
    }
}

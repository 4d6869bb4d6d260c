using Microsoft.Extensions.Logging;
using ProgressHub.Core.Execution;

namespace ProgressHub.Cluster;

/// <summary>What other nodes ask of this one.</summary>
internal sealed class NodeService(
    GrainId id, Silo silo, ILoggerFactory loggers, ClusterRelay relay, Heartbeat heartbeat, NodeCommands commands)
    : GrainService(id, silo, loggers), INodeService
{
    /// <inheritdoc/>
    public Task Deliver(byte[] batch)
    {
        relay.Receive(batch);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Interest(SiloAddress from, string[] topics, bool areAll)
    {
        relay.Note(from, topics, areAll);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Wake()
    {
        commands.Wake();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<bool> ReachesDatabase() => heartbeat.ProbeAsync();

    /// <inheritdoc/>
    public Task<bool> Cancel(string job) => commands.CancelAsync(job);

    /// <inheritdoc/>
    public Task<string[]?> Answer(string job, string requestId, string answer) => commands.AnswerAsync(job, requestId, answer);

    /// <inheritdoc/>
    public Task<string[]?> Tag(string job, string[] add, string[] remove) => commands.TagAsync(job, new TagChange(add, remove));

    /// <inheritdoc/>
    public Task<byte[]?> Report(string job, byte[] report) => commands.ReportAsync(job, report);
}

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Nodes;

namespace ProgressHub.Core.Sharing;

/// <summary>Deletes the secrets of jobs that have ended at a node that did not know of them.</summary>
internal sealed class SecretSweeper(
    JobSecretTable table, INodes nodes, IOptions<ExecutionOptions> options, SweepSchedule schedule, ILogger<SecretSweeper> logger)
    : PeriodicSweep(schedule, logger)
{
    private readonly TimeProvider _time = schedule.Time;

    /// <inheritdoc/>
    protected override TimeSpan Interval => options.Value.SweepInterval;

    /// <inheritdoc/>
    protected override string What => "secrets of jobs that have ended";

    /// <inheritdoc/>
    public override async Task<int> SweepAsync(CancellationToken cancellationToken) => nodes.AreSeveral
        ? await table.SweepAsync(_time.GetUtcNow() - JobSecrets.KeptAfterFailure, cancellationToken)
        : 0;
}

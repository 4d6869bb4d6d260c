using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Quotas;

/// <summary>
/// What one job may use of models and audio: what its owner's month leaves beside all other jobs. Of those that run here
/// calls under way count as well; what another node's jobs have used is read anew whenever this one has used something.
/// Dispose it once the attempt's last event is on disk.
/// </summary>
internal sealed class UsageAllowance(Job job, Quota quota, SharedUsage shared, Action leave, TimeProvider time) : IDisposable
{
    private static readonly QuotaBound[] Bounds = [QuotaBound.TokensPerMonth, QuotaBound.MoneyPerMonth, QuotaBound.AudioMinutesPerMonth];

    /// <summary>Whether a quota bounds any of what jobs use.</summary>
    public static bool IsBounded(Quota quota) => Bounds.Any(bound => quota[bound] is not null);

    /// <summary>Counts what the owner's other jobs have used.</summary>
    public ValueTask RefreshAsync(CancellationToken cancellationToken) => shared.ReadAsync(cancellationToken);

    /// <summary>Refuses that the job uses so much in all; what is not refused counts as used.</summary>
    /// <exception cref="WorkloadException">The bound is passed by it; its code is that of the bound.</exception>
    public void Require(JobUsage total)
    {
        if (shared.TryTake(job.Id, total, quota, Bounds) is { } reached)
            throw new WorkloadException(QuotaRefusal.CodeOf(reached.Bound), QuotaRefusal.Words(reached, time.GetUtcNow()));
    }

    /// <summary>The job has used so much in all, whatever the bounds are.</summary>
    public void Tell(JobUsage total) => shared.Tell(job.Id, total);

    /// <summary>The attempt is over.</summary>
    public void Dispose() => leave();
}

using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Quotas;

/// <summary>
/// What one job may use of models and audio: what its owner's month leaves, counted anew whenever the job has used something.
/// Several jobs at once may pass a bound by what they have under way.
/// </summary>
internal sealed class UsageAllowance(Job job, Quota quota, IUsageStore usage, TimeProvider time)
{
    private static readonly QuotaBound[] Bounds = [QuotaBound.TokensPerMonth, QuotaBound.MoneyPerMonth, QuotaBound.AudioMinutesPerMonth];

    private readonly bool _isBounded = Bounds.Any(bound => quota[bound] is not null);
    private volatile OwnerUsage _others = new();

    /// <summary>Counts what the owner's other jobs have used.</summary>
    public async ValueTask RefreshAsync(CancellationToken cancellationToken)
    {
        if (!_isBounded)
            return;
        try
        {
            _others = await usage.CountBesideAsync(job, cancellationToken);
        }
        catch (StorageUnavailableException)
        {
            // What was counted last goes on to count.
        }
    }

    /// <summary>Refuses that the job uses so much in all.</summary>
    /// <exception cref="WorkloadException">The bound is passed by it; its code is that of the bound.</exception>
    public void Require(JobUsage total)
    {
        if (!_isBounded)
            return;
        var sum = _others.Plus(total);
        foreach (var bound in Bounds)
        {
            if (quota[bound] is { } most && sum[bound] > most)
                throw new WorkloadException(QuotaRefusal.CodeOf(bound), QuotaRefusal.Words(new QuotaReached(bound, sum[bound], most), time.GetUtcNow()));
        }
    }
}

using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Quotas;

/// <summary>Holds owners to what they are allowed.</summary>
internal sealed class QuotaKeeper(QuotaBook book, IUsageStore usage, TimeProvider time) : IUploadAllowance
{
    // Those of whom a job runs here.
    private readonly Dictionary<(string Owner, long Month), SharedUsage> _shared = [];

    /// <summary>What an owner is allowed, and what leaves no room for a new job already, other than what changes with each job.</summary>
    /// <param name="owner">Whose job.</param>
    /// <param name="plan">How it would be done.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<(Quota Quota, QuotaReached? Reached)> OfNewJobAsync(
        string owner, WorkloadPlan plan, CancellationToken cancellationToken)
    {
        var quota = await book.OfAsync(owner, cancellationToken);
        QuotaBound[] asked =
        [
            QuotaBound.StorageBytes,
            .. plan.HearsAudio ? [QuotaBound.AudioMinutesPerMonth] : Array.Empty<QuotaBound>(),
            .. plan.CallsModels ? [QuotaBound.TokensPerMonth, QuotaBound.MoneyPerMonth] : Array.Empty<QuotaBound>(),
        ];
        if (asked.All(bound => quota[bound] is null))
            return (quota, null);
        return (quota, quota.Reached(await UsedAsync(owner, cancellationToken), asked));
    }

    /// <summary>What an owner is allowed, and what there is of it.</summary>
    public async ValueTask<(Quota Quota, OwnerUsage Used)> FindAsync(string owner, CancellationToken cancellationToken) =>
        (await book.OfAsync(owner, cancellationToken), await UsedAsync(owner, cancellationToken));

    /// <summary>What a job that begins may use of models and audio; null where nothing bounds it. To be disposed of at its end.</summary>
    /// <param name="job">The job.</param>
    /// <param name="used">What earlier attempts of it have used.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<UsageAllowance?> OfJobAsync(Job job, JobUsage used, CancellationToken cancellationToken)
    {
        var quota = await book.OfAsync(job.Owner, cancellationToken);
        if (!UsageAllowance.IsBounded(quota))
            return null;
        var allowance = Join(job, used, quota);
        try
        {
            await allowance.RefreshAsync(cancellationToken);
            return allowance;
        }
        catch
        {
            allowance.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask RequireAsync(string owner, long bytes, CancellationToken cancellationToken)
    {
        if ((await book.OfAsync(owner, cancellationToken))[QuotaBound.StorageBytes] is not { } most)
            return;
        var used = await usage.CountStorageAsync(owner, cancellationToken);
        if (used + Math.Max(bytes, 1) > most)
            throw new UploadException(QuotaRefusal.Storage, QuotaRefusal.Words(new QuotaReached(QuotaBound.StorageBytes, used, most), time.GetUtcNow()));
    }

    private async ValueTask<OwnerUsage> UsedAsync(string owner, CancellationToken cancellationToken) =>
        (await usage.CountAsync([owner], time.GetUtcNow(), cancellationToken))[0];

    private UsageAllowance Join(Job job, JobUsage used, Quota quota)
    {
        lock (_shared)
        {
            var key = (job.Owner, UsageMonth.Of(job.CreatedAt));
            if (!_shared.TryGetValue(key, out var shared))
                _shared.Add(key, shared = new SharedUsage(usage, job.Owner, job.CreatedAt));
            shared.Join(job.Id, used);
            return new UsageAllowance(job, quota, shared, () => Leave(key, shared, job.Id), time);
        }
    }

    private void Leave((string Owner, long Month) key, SharedUsage shared, JobId job)
    {
        lock (_shared)
        {
            if (shared.Leave(job))
                _shared.Remove(key);
        }
    }
}

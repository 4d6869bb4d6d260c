using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Quotas;

/// <summary>Holds owners to what they are allowed.</summary>
/// <param name="book">Who is allowed how much.</param>
/// <param name="usage">What is stored of jobs and files.</param>
/// <param name="kept">Who keeps anything else for owners.</param>
/// <param name="time">The clock.</param>
internal sealed class QuotaKeeper(QuotaBook book, IUsageStore usage, IEnumerable<IOwnedStorage> kept, TimeProvider time)
    : IUploadAllowance, IStorageAllowance
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

    /// <summary>What there is of several owners', in their order.</summary>
    public async ValueTask<IReadOnlyList<OwnerUsage>> CountAsync(IReadOnlyList<string> owners, CancellationToken cancellationToken)
    {
        List<OwnerUsage> all = [];
        foreach (var (owner, used) in owners.Zip(await usage.CountAsync(owners, time.GetUtcNow(), cancellationToken)))
            all.Add(used with { StorageBytes = used.StorageBytes + await KeptAsync(owner, cancellationToken) });
        return all;
    }

    /// <inheritdoc/>
    public async ValueTask RequireAsync(string owner, long bytes, CancellationToken cancellationToken)
    {
        if (await ReachedAsync(owner, bytes, cancellationToken) is { } reached)
            throw new UploadException(QuotaRefusal.Storage, QuotaRefusal.Words(reached, time.GetUtcNow()));
    }

    /// <inheritdoc/>
    public async ValueTask RequireRoomAsync(string owner, long bytes, CancellationToken cancellationToken)
    {
        if (await ReachedAsync(owner, bytes, cancellationToken) is { } reached)
            throw QuotaRefusal.Of(reached, time.GetUtcNow());
    }

    private async ValueTask<QuotaReached?> ReachedAsync(string owner, long bytes, CancellationToken cancellationToken)
    {
        if ((await book.OfAsync(owner, cancellationToken))[QuotaBound.StorageBytes] is not { } most)
            return null;
        var used = await usage.CountStorageAsync(owner, cancellationToken) + await KeptAsync(owner, cancellationToken);
        return used + Math.Max(bytes, 1) > most ? new QuotaReached(QuotaBound.StorageBytes, used, most) : null;
    }

    private async ValueTask<long> KeptAsync(string owner, CancellationToken cancellationToken)
    {
        long bytes = 0;
        foreach (var keeper in kept)
            bytes += await keeper.CountBytesAsync(owner, cancellationToken);
        return bytes;
    }

    private async ValueTask<OwnerUsage> UsedAsync(string owner, CancellationToken cancellationToken) =>
        (await CountAsync([owner], cancellationToken))[0];

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

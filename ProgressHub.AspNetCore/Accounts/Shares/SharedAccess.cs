using ProgressHub.Core.Accounts;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Accounts.Shares;

/// <summary>Who may see jobs of others, by the shares that there are.</summary>
internal sealed class SharedAccess(AccountDatabase database, AuditTrail audit, TimeProvider time) : IJobShares
{
    /// <inheritdoc/>
    public event Action<JobId?>? Changed
    {
        add => database.Shares.Changed += value;
        remove => database.Shares.Changed -= value;
    }

    /// <inheritdoc/>
    public async ValueTask<SharedRight> FindAsync(JobId job, string owner, string caller, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var good = (await database.Shares.FindAsync(job, caller, cancellationToken))
            .Where(share => share.OwnerId == owner && !share.IsOver(now)).ToArray();
        return good.Length == 0
            ? default
            : new SharedRight(good.Max(share => share.Right), good.Any(share => share.ExpiresAt is null) ? null : good.Max(share => share.ExpiresAt));
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SharedJob>> ListAsync(string caller, long? before, int limit, CancellationToken cancellationToken) =>
        [.. (await database.Shares.ListWithAsync(caller, before, limit, cancellationToken)).Select(s => new SharedJob(s.Job, s.OwnerId, s.Number))];

    /// <inheritdoc/>
    public async Task PassOnAsync(JobId job, JobId next, string caller, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var share in await database.Shares.FindAsync(job, caller, cancellationToken))
        {
            if (share.Right != JobRight.Manage || share.IsOver(now))
                continue;
            var passed = share with { Id = AccessSecret.NewId(), Job = next, CreatedAt = now };
            await database.Shares.AddAsync(passed, null, int.MaxValue, cancellationToken);
            await audit.AddAsync(caller, "share.created", $"{next}/{passed.Id}", null);
        }
    }
}

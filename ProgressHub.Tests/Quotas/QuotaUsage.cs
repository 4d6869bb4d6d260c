using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Quotas;

/// <summary>What owners use, as a test says.</summary>
internal sealed class QuotaUsage : IUsageStore
{
    public OwnerUsage Now { get; set; } = new();

    public OwnerUsage Others { get; set; } = new();

    public bool IsDown { get; set; }

    public ValueTask<IReadOnlyList<OwnerUsage>> CountAsync(IReadOnlyList<string> owners, DateTimeOffset now, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<OwnerUsage>>([.. owners.Select(_ => Now)]);

    public ValueTask<OwnerUsage> CountBesideAsync(
        string owner, DateTimeOffset month, IReadOnlyCollection<JobId> but, CancellationToken cancellationToken) =>
        IsDown ? throw new StorageUnavailableException("down") : ValueTask.FromResult(Others);

    public ValueTask<long> CountStorageAsync(string owner, CancellationToken cancellationToken) => ValueTask.FromResult(Now.StorageBytes);
}

using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Quotas;

/// <summary>Bounds of single owners in memory.</summary>
internal sealed class SetQuotas : IQuotaOverrides
{
    private readonly List<QuotaOverride> _set = [];

    public bool IsDown { get; set; }

    public int Reads { get; private set; }

    public Task<IReadOnlyList<QuotaOverride>> ListAsync(CancellationToken cancellationToken)
    {
        Reads++;
        return IsDown ? throw new StorageUnavailableException("down") : Task.FromResult<IReadOnlyList<QuotaOverride>>([.. _set]);
    }

    public Task ReplaceAsync(string owner, IReadOnlyDictionary<QuotaBound, decimal?> bounds, CancellationToken cancellationToken)
    {
        _set.RemoveAll(each => each.Owner == owner);
        _set.AddRange(bounds.Select(each => new QuotaOverride(owner, each.Key, each.Value)));
        return Task.CompletedTask;
    }
}

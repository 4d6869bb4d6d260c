using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Quotas;

/// <summary>Of a host without accounts: everybody is allowed the same.</summary>
internal sealed class NoQuotaOverrides : IQuotaOverrides
{
    public Task<IReadOnlyList<QuotaOverride>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<QuotaOverride>>([]);

    public Task ReplaceAsync(string owner, IReadOnlyDictionary<QuotaBound, decimal?> bounds, CancellationToken cancellationToken) =>
        throw new NotSupportedException("There are no accounts here, so there is nobody to set bounds for.");
}

namespace ProgressHub.Core.Jobs;

/// <summary>What single owners are allowed in place of what everybody is.</summary>
internal interface IQuotaOverrides
{
    /// <summary>All of them.</summary>
    /// <exception cref="StorageUnavailableException">They can't be read now.</exception>
    Task<IReadOnlyList<QuotaOverride>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Replaces those of an owner.</summary>
    /// <exception cref="StorageUnavailableException">They can't be written now.</exception>
    Task ReplaceAsync(string owner, IReadOnlyDictionary<QuotaBound, decimal?> bounds, CancellationToken cancellationToken);
}

/// <summary>A bound of one owner.</summary>
/// <param name="Owner">Whose.</param>
/// <param name="Bound">Of what.</param>
/// <param name="Most">The most; null for no bound.</param>
internal sealed record QuotaOverride(string Owner, QuotaBound Bound, decimal? Most);

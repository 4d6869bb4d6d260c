using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Accounts;

/// <summary>Keeps who did what. Every method throws <see cref="StorageUnavailableException"/> where the store can't be used now.</summary>
internal interface IAuditStore
{
    /// <summary>Adds an entry.</summary>
    Task AddAsync(AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>Entries before one, the newest first; from the newest where that is null.</summary>
    Task<IReadOnlyList<AuditEntry>> ListAsync(long? before, int limit, CancellationToken cancellationToken);
}

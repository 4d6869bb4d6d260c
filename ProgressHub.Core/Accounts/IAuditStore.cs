using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Accounts;

/// <summary>
/// Keeps who did what: entries are added and read, never changed or removed. Every method throws
/// <see cref="StorageUnavailableException"/> where the store can't be used now.
/// </summary>
internal interface IAuditStore
{
    /// <summary>Adds an entry.</summary>
    Task AddAsync(AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>A page of entries.</summary>
    Task<IReadOnlyList<AuditEntry>> ListAsync(AuditQuery query, CancellationToken cancellationToken);

    /// <summary>All actions there are entries of, by name.</summary>
    Task<IReadOnlyList<string>> ListActionsAsync(CancellationToken cancellationToken);
}

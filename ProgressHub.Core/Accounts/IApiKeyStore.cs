using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Accounts;

/// <summary>
/// Keeps the keys of programs; a revoked one is gone. Every method throws <see cref="StorageUnavailableException"/> where
/// the store can't be used now.
/// </summary>
internal interface IApiKeyStore
{
    /// <summary>Adds one; false where its account has as many as it may have.</summary>
    Task<bool> AddAsync(ApiKey key, byte[] secretHash, int most, CancellationToken cancellationToken);

    /// <summary>The key whose secret has this hash.</summary>
    Task<ApiKey?> FindBySecretAsync(byte[] secretHash, CancellationToken cancellationToken);

    /// <summary>A key, by its id.</summary>
    Task<ApiKey?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>The keys of an account, the newest first.</summary>
    Task<IReadOnlyList<ApiKey>> ListAsync(string accountId, CancellationToken cancellationToken);

    /// <summary>The keys of all accounts, the newest first.</summary>
    Task<IReadOnlyList<ApiKey>> ListAllAsync(CancellationToken cancellationToken);

    /// <summary>Notes that it is used.</summary>
    Task UseAsync(string id, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Revokes a key of an account; false where it has none of that id.</summary>
    Task<bool> RevokeAsync(string id, string accountId, CancellationToken cancellationToken);
}

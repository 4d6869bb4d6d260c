using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Accounts;

/// <summary>
/// Keeps the sessions that have not ended; one that ends is gone. Every method throws
/// <see cref="StorageUnavailableException"/> where the store can't be used now.
/// </summary>
internal interface ISignInSessionStore
{
    /// <summary>Adds one.</summary>
    Task AddAsync(SignInSession session, byte[] secretHash, CancellationToken cancellationToken);

    /// <summary>The session whose secret has this hash.</summary>
    Task<SignInSession?> FindBySecretAsync(byte[] secretHash, CancellationToken cancellationToken);

    /// <summary>A session, by its id.</summary>
    Task<SignInSession?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>The sessions of an account, the newest first.</summary>
    Task<IReadOnlyList<SignInSession>> ListAsync(string accountId, CancellationToken cancellationToken);

    /// <summary>Sessions whose provider is to be asked by then.</summary>
    Task<IReadOnlyList<SignInSession>> ListToAskAsync(DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Notes what the provider said, and when to ask it next.</summary>
    Task KeepTokensAsync(string id, byte[] tokens, DateTimeOffset? askAt, CancellationToken cancellationToken);

    /// <summary>Notes that it is used.</summary>
    Task SeeAsync(string id, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Ends a session of an account; false where it has none of that id.</summary>
    Task<bool> EndAsync(string id, string accountId, CancellationToken cancellationToken);

    /// <summary>Ends the sessions of an account, but for one; how many.</summary>
    Task<int> EndOthersAsync(string accountId, string? butFor, CancellationToken cancellationToken);

    /// <summary>Forgets those whose time was over by then; how many.</summary>
    Task<int> SweepAsync(DateTimeOffset until, CancellationToken cancellationToken);
}

using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Accounts;

/// <summary>Keeps accounts. Every method throws <see cref="StorageUnavailableException"/> where the store can't be used now.</summary>
internal interface IAccountStore
{
    /// <summary>Adds one; false where its name, its id or whom it is vouched for is taken.</summary>
    Task<bool> AddAsync(Account account, CancellationToken cancellationToken);

    /// <summary>Adds the account of an administrator unless there is one already who is enabled, at any node.</summary>
    /// <returns>False where there is one, or an account of that id or name.</returns>
    Task<bool> AddFirstAsync(Account administrator, CancellationToken cancellationToken);

    /// <summary>An account, by its id.</summary>
    Task<Account?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>The account with a password that has this name, however it is written.</summary>
    Task<Account?> FindByNameAsync(string name, CancellationToken cancellationToken);

    /// <summary>The account that an issuer vouches for.</summary>
    Task<Account?> FindBySubjectAsync(string issuer, string subject, CancellationToken cancellationToken);

    /// <summary>All of them, by name.</summary>
    Task<IReadOnlyList<Account>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Changes one in a transaction; null where there is none. Its id does not change.</summary>
    Task<Account?> ChangeAsync(string id, Func<Account, Account> change, CancellationToken cancellationToken);
}

using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Accounts;

/// <summary>A database that keeps accounts. One set of statements is read by all of them.</summary>
internal interface IAccountSql : IDisposable, IAsyncDisposable
{
    /// <summary>Reads. What was written before, by anyone who was told so, is seen.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be used now, or too much waits already.</exception>
    Task<T> ReadAsync<T>(Func<AccountSql, T> body, CancellationToken cancellationToken);

    /// <summary>Writes in one transaction, and no other writes meanwhile: all of it, durable once this returns, or nothing.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be used now, or too much waits already.</exception>
    Task<T> WriteAsync<T>(Func<AccountSql, T> body, CancellationToken cancellationToken);
}

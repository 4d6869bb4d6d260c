using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Sql;

/// <summary>
/// Tables beside those of the jobs: in a file of one node, or where all nodes have them. One set of statements is read by both.
/// </summary>
public interface ISqlDatabase : IDisposable, IAsyncDisposable
{
    /// <summary>Reads. What was written before, by anyone who was told so, is seen.</summary>
    /// <param name="body">What to read; it can't write.</param>
    /// <param name="cancellationToken">Withdraws it as long as it has not begun.</param>
    /// <exception cref="StorageUnavailableException">The database can't be used now, or too much waits already.</exception>
    Task<T> ReadAsync<T>(Func<SqlCalls, T> body, CancellationToken cancellationToken);

    /// <summary>Writes in one transaction, and no other writes meanwhile: all of it, durable once this returns, or nothing.</summary>
    /// <param name="body">What to write.</param>
    /// <param name="cancellationToken">Withdraws it as long as it has not begun.</param>
    /// <exception cref="StorageUnavailableException">The database can't be used now, or too much waits already.</exception>
    Task<T> WriteAsync<T>(Func<SqlCalls, T> body, CancellationToken cancellationToken);

    /// <summary>The same for what makes it grow, which waits as long as its disk is known to have little room.</summary>
    /// <param name="body">What to write.</param>
    /// <param name="cancellationToken">Withdraws it as long as it has not begun.</param>
    /// <exception cref="StorageUnavailableException">There is little room, or as <see cref="WriteAsync"/>.</exception>
    Task<T> AddAsync<T>(Func<SqlCalls, T> body, CancellationToken cancellationToken);
}

using ProgressHub.Core.Sqlite;

namespace ProgressHub.Core.Accounts;

/// <summary>Accounts of one node, in a file of their own.</summary>
internal sealed class SqliteAccountSql(SqliteDatabase database) : IAccountSql
{
    public Task<T> ReadAsync<T>(Func<AccountSql, T> body, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => body(new AccountSql(connection)), cancellationToken);

    public Task<T> WriteAsync<T>(Func<AccountSql, T> body, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => body(new AccountSql(connection)), cancellationToken);

    public void Dispose() => database.Dispose();

    public ValueTask DisposeAsync() => database.DisposeAsync();
}

using ProgressHub.Core.Postgres;

namespace ProgressHub.Core.Accounts;

/// <summary>Accounts of all nodes, beside their jobs.</summary>
internal sealed class PostgresAccountSql(PostgresDatabase database) : IAccountSql
{
    public Task<T> ReadAsync<T>(Func<AccountSql, T> body, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => body(new AccountSql(connection, ToStored)), cancellationToken);

    public Task<T> WriteAsync<T>(Func<AccountSql, T> body, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => body(new AccountSql(connection, ToStored)), cancellationToken);

    public void Dispose() => database.Dispose();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private static PostgresParameters ToStored(object? values) => new(values);
}

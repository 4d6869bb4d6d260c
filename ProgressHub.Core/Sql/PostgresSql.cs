using ProgressHub.Core.Postgres;

namespace ProgressHub.Core.Sql;

/// <summary>Tables of all nodes, beside their jobs.</summary>
internal sealed class PostgresSql(PostgresDatabase database) : ISqlDatabase
{
    public Task<T> ReadAsync<T>(Func<SqlCalls, T> body, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => body(new SqlCalls(connection, isPostgres: true)), cancellationToken);

    public Task<T> WriteAsync<T>(Func<SqlCalls, T> body, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => body(new SqlCalls(connection, isPostgres: true)), cancellationToken);

    public Task<T> AddAsync<T>(Func<SqlCalls, T> body, CancellationToken cancellationToken) => WriteAsync(body, cancellationToken);

    public void Dispose() => database.Dispose();

    public ValueTask DisposeAsync() => database.DisposeAsync();
}

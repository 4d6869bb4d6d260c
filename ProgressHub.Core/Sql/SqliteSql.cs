using ProgressHub.Core.Sqlite;

namespace ProgressHub.Core.Sql;

/// <summary>Tables of one node, in a file of their own.</summary>
/// <param name="database">The file; closed with this.</param>
public sealed class SqliteSql(SqliteDatabase database) : ISqlDatabase
{
    /// <inheritdoc/>
    public Task<T> ReadAsync<T>(Func<SqlCalls, T> body, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => body(new SqlCalls(connection, isPostgres: false)), cancellationToken);

    /// <inheritdoc/>
    public Task<T> WriteAsync<T>(Func<SqlCalls, T> body, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => body(new SqlCalls(connection, isPostgres: false)), cancellationToken);

    /// <inheritdoc/>
    public Task<T> AddAsync<T>(Func<SqlCalls, T> body, CancellationToken cancellationToken) =>
        database.AddAsync(connection => body(new SqlCalls(connection, isPostgres: false)), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => database.Dispose();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => database.DisposeAsync();
}

using Microsoft.Extensions.Logging;
using Npgsql;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Sqlite;

namespace ProgressHub.Core.Postgres;

/// <summary>
/// Tables beside those of the jobs, which all nodes use: one thread writes, one reads. Writers of all nodes go one after the
/// other, as those of a file do, so that what one looks at and then writes, no other changes in between. Opened, and brought
/// to its schema, when first used.
/// </summary>
internal sealed class PostgresDatabase : IDisposable, IAsyncDisposable
{
    private const int QueueCapacity = 1024;

    // The first key of the locks; the second is the name with the schema.
    private const int WriteLockSpace = 0x70726F69;
    private const int MigrationLockSpace = WriteLockSpace + 1;

    private static readonly TimeSpan CloseWithin = TimeSpan.FromSeconds(5);

    private readonly PostgresAddress _address;
    private readonly SchemaMigrator _migrator;
    private readonly DatabaseThread<NpgsqlConnection> _writer;
    private readonly DatabaseThread<NpgsqlConnection> _reader;
    private readonly TimeProvider _time;
    private readonly string _lock;
    private volatile bool _isReady;

    /// <param name="connectionString">Npgsql's.</param>
    /// <param name="name">What it holds, such as <c>accounts</c>; its table of versions is named after it.</param>
    /// <param name="schema">Its schema, as <see cref="MigrationScripts"/> reads it.</param>
    /// <param name="time">Dates the steps of the schema.</param>
    /// <param name="logger">Is told of each step.</param>
    public PostgresDatabase(
        string connectionString, string name, IReadOnlyList<MigrationScript> schema, TimeProvider time, ILogger logger)
    {
        _address = new PostgresAddress(connectionString);
        _time = time;
        _lock = $"hashtext('{name} ' || current_schema())";
        _migrator = new SchemaMigrator(schema, $"{_address.Location} ({name})", time, logger, $"{name}_schema_version");
        _writer = new DatabaseThread<NpgsqlConnection>($"{name} writer", QueueCapacity, name, OpenWriter, PostgresOutage.Explain);
        _reader = new DatabaseThread<NpgsqlConnection>($"{name} reader", QueueCapacity, name, _address.OpenReader, PostgresOutage.Explain);
    }

    /// <summary>Reads. What was written before, at any node, by anyone who was told so, is seen.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be used now, or too much waits already.</exception>
    public async Task<T> ReadAsync<T>(Func<NpgsqlConnection, T> body, CancellationToken cancellationToken)
    {
        // Whoever reads first finds the schema already.
        if (!_isReady)
            await _writer.RunAsync(static _ => true, cancellationToken);
        return await _reader.RunAsync(body, cancellationToken);
    }

    /// <summary>Writes in one transaction: all of it, durable once this returns, or nothing.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be used now, or too much waits already.</exception>
    public Task<T> WriteAsync<T>(Func<NpgsqlConnection, T> body, CancellationToken cancellationToken) => _writer.RunAsync(
        connection =>
        {
            using var transaction = connection.BeginTransaction();
            Run(connection, $"SELECT pg_advisory_xact_lock({WriteLockSpace}, {_lock})");
            var result = body(connection);
            transaction.Commit();
            return result;
        },
        cancellationToken);

    /// <summary>Takes no more work, does what waits and closes the connections, within five seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        _reader.Close();
        _writer.Close();
        try
        {
            await Task.WhenAll(_reader.Ended, _writer.Ended).WaitAsync(CloseWithin, _time);
        }
        catch (TimeoutException)
        {
            // The server does not answer; the process need not wait for it. What is committed is there.
        }
    }

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>One node after the other: the next finds the schema as it should be.</summary>
    private NpgsqlConnection OpenWriter()
    {
        var connection = _address.OpenWriter();
        try
        {
            Run(connection, $"SELECT pg_advisory_lock({MigrationLockSpace}, {_lock})");
            _migrator.Migrate(connection);
            Run(connection, $"SELECT pg_advisory_unlock({MigrationLockSpace}, {_lock})");
            _isReady = true;
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

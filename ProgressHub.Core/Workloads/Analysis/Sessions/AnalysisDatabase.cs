using System.Data;
using Dapper;
using Microsoft.Data.Sqlite;
using ProgressHub.Core.Sqlite;

namespace ProgressHub.Core.Workloads.Analysis.Sessions;

/// <summary>
/// Sessions, what is known of tables, and remembered answers: one file, one connection, one caller at a time. All of it is
/// small; nothing waits long.
/// </summary>
internal sealed class AnalysisDatabase(string directory) : IDisposable
{
    private const int Version = 1;

    private readonly SemaphoreSlim _one = new(1, 1);
    private SqliteConnection? _connection;
    private bool _disposed;

    /// <summary>Runs an action on the connection, by itself and in a transaction.</summary>
    public async Task<T> RunAsync<T>(Func<IDbConnection, T> action, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var connection = _connection ??= Open();
            using var transaction = connection.BeginTransaction();
            var result = action(connection);
            transaction.Commit();
            return result;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Closes the connection, once whoever uses it is done.</summary>
    public void Dispose()
    {
        _one.Wait();
        _disposed = true;
        _connection?.Dispose();
        _connection = null;
        _one.Release();
    }

    private SqliteConnection Open()
    {
        SqliteLibrary.UseBest();
        Directory.CreateDirectory(directory);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(directory, "analysis.db"), Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;");
            connection.Execute(Schema("schema.sql"));
            Migrate(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // What was added since the first version, each step once: SQLite keeps the number of the last one in the file.
    private static void Migrate(SqliteConnection connection)
    {
        for (var version = connection.ExecuteScalar<int>("PRAGMA user_version"); version < Version; version++)
        {
            using var transaction = connection.BeginTransaction();
            connection.Execute(Schema($"schema.{version + 1}.sql"), transaction: transaction);
            connection.Execute($"PRAGMA user_version = {version + 1}", transaction: transaction);
            transaction.Commit();
        }
    }

    private static string Schema(string name)
    {
        var type = typeof(AnalysisDatabase);
        using var stream = type.Assembly.GetManifestResourceStream($"{type.Namespace}.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

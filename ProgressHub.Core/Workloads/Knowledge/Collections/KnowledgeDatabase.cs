using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Sqlite;

namespace ProgressHub.Core.Workloads.Knowledge.Collections;

/// <summary>
/// Collections, documents and passages in a SQLite file of their own. One connection, one call at a time: calls are short,
/// and two connections could reset each other's write-ahead log. Opened when first used.
/// </summary>
internal sealed partial class KnowledgeDatabase(string directory, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private SqliteConnection? _connection;
    private bool _disposed;

    /// <summary>Runs something on the database, off the caller's thread.</summary>
    /// <exception cref="StorageUnavailableException">The file can't be read or written now.</exception>
    private Task<T> RunAsync<T>(Func<SqliteConnection, T> run, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            lock (_gate)
            {
                cancellationToken.ThrowIfCancellationRequested();
                try
                {
                    return run(Connection());
                }
                catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
                {
                    throw new StorageUnavailableException("The collections can't be read or written now.", exception);
                }
            }
        },
        cancellationToken);

    private Task<T> WriteAsync<T>(Func<SqliteConnection, SqliteTransaction, T> run, CancellationToken cancellationToken) => RunAsync(
        connection =>
        {
            using var transaction = connection.BeginTransaction();
            var result = run(connection, transaction);
            transaction.Commit();
            return result;
        },
        cancellationToken);

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _connection?.Dispose();
            _connection = null;
        }
    }

    private SqliteConnection Connection()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_connection is { } open)
            return open;

        SqliteLibrary.UseBest();
        Directory.CreateDirectory(directory);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(directory, "knowledge.db"),
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384;");
            connection.Execute(Schema());
            return _connection = connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static string Schema()
    {
        var type = typeof(KnowledgeDatabase);
        using var stream = type.Assembly.GetManifestResourceStream($"{type.Namespace}.schema.sql")
            ?? throw new InvalidOperationException("The schema of the collections is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static string Write(IReadOnlyDictionary<string, string> attributes) =>
        JsonSerializer.Serialize(new Dictionary<string, string>(attributes), KnowledgeJson.Default.DictionaryStringString);

    internal static IReadOnlyDictionary<string, string> ReadAttributes(string json) =>
        JsonSerializer.Deserialize(json, KnowledgeJson.Default.DictionaryStringString) ?? [];
}

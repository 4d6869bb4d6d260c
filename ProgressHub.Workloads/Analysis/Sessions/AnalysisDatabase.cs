using System.Data;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ProgressHub.Core.Files;
using ProgressHub.Core.Sqlite;

namespace ProgressHub.Workloads.Analysis.Sessions;

/// <summary>Sessions, what is known of tables, and remembered answers, in a SQLite file of their own.</summary>
internal sealed class AnalysisDatabase(
    string directory, TimeProvider? time = null, ILogger<AnalysisDatabase>? logger = null, DiskRoom? room = null, bool acceptDataLoss = false)
    : IDisposable, IAsyncDisposable
{
    private readonly SqliteDatabase _database = new(
        new SqliteFile(Path.Combine(directory, "analysis.db")),
        MigrationScripts.Embedded(typeof(AnalysisDatabase).Assembly, typeof(AnalysisDatabase).Namespace!),
        time ?? TimeProvider.System, logger ?? NullLogger<AnalysisDatabase>.Instance) { Room = room, AcceptDataLoss = acceptDataLoss };

    /// <summary>The database itself.</summary>
    internal SqliteDatabase Database => _database;

    /// <summary>Runs an action on the connection that writes, by itself and in a transaction.</summary>
    /// <exception cref="Core.Jobs.StorageUnavailableException">The file can't be read or written now.</exception>
    public Task<T> RunAsync<T>(Func<IDbConnection, T> action, CancellationToken cancellationToken) =>
        _database.WriteAsync(action, cancellationToken);

    /// <summary>The same for what is new, which is refused as long as the disk has little room.</summary>
    /// <exception cref="Core.Jobs.StorageUnavailableException">The file can't be written now.</exception>
    public Task<T> AddAsync<T>(Func<IDbConnection, T> action, CancellationToken cancellationToken) =>
        _database.AddAsync(action, cancellationToken);

    public void Dispose() => _database.Dispose();

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}

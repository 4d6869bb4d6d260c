using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ProgressHub.Core.Files;
using ProgressHub.Core.Sql;
using ProgressHub.Core.Sqlite;

namespace ProgressHub.Workloads.Analysis.Sessions;

/// <summary>Sessions, what is known of tables, and remembered answers: in a SQLite file of their own, or beside the jobs of all nodes.</summary>
internal sealed class AnalysisDatabase : IDisposable, IAsyncDisposable
{
    private readonly ISqlDatabase _sql;

    /// <summary>Those of one node.</summary>
    public AnalysisDatabase(
        string directory, TimeProvider? time = null, ILogger<AnalysisDatabase>? logger = null, DiskRoom? room = null, bool acceptDataLoss = false)
        : this(new SqliteDatabase(
            new SqliteFile(Path.Combine(directory, FileName)), Schema(""), time ?? TimeProvider.System, logger ?? NullLogger<AnalysisDatabase>.Instance)
        {
            Room = room, AcceptDataLoss = acceptDataLoss,
        })
    {
    }

    private AnalysisDatabase(SqliteDatabase database)
        : this(new SqliteSql(database)) => Database = database;

    private AnalysisDatabase(ISqlDatabase sql) => _sql = sql;

    /// <summary>The name of the file of one node.</summary>
    public static string FileName => "analysis.db";

    /// <summary>Whether other nodes read and write it too.</summary>
    public bool IsShared => Database is null;

    /// <summary>The file itself; null where there is none.</summary>
    internal SqliteDatabase? Database { get; }

    /// <summary>Those of all nodes; null where there is one node.</summary>
    public static AnalysisDatabase? Shared(SharedDatabase? shared, TimeProvider time, ILogger<AnalysisDatabase> logger) =>
        shared?.Open("analysis", Schema(".Postgres"), time, logger) is { } sql ? new AnalysisDatabase(sql) : null;

    /// <summary>The schema of the file of one node, or in the folder <c>.Postgres</c> that of all.</summary>
    internal static IReadOnlyList<MigrationScript> Schema(string folder) =>
        MigrationScripts.Embedded(typeof(AnalysisDatabase).Assembly, typeof(AnalysisDatabase).Namespace + folder);

    /// <summary>Reads.</summary>
    /// <exception cref="Core.Jobs.StorageUnavailableException">The database can't be read now.</exception>
    public Task<T> ReadAsync<T>(Func<SqlCalls, T> action, CancellationToken cancellationToken) => _sql.ReadAsync(action, cancellationToken);

    /// <summary>Runs an action on the connection that writes, by itself and in a transaction.</summary>
    /// <exception cref="Core.Jobs.StorageUnavailableException">The database can't be read or written now.</exception>
    public Task<T> RunAsync<T>(Func<SqlCalls, T> action, CancellationToken cancellationToken) => _sql.WriteAsync(action, cancellationToken);

    /// <summary>The same for what is new, which is refused as long as the disk has little room.</summary>
    /// <exception cref="Core.Jobs.StorageUnavailableException">The database can't be written now.</exception>
    public Task<T> AddAsync<T>(Func<SqlCalls, T> action, CancellationToken cancellationToken) => _sql.AddAsync(action, cancellationToken);

    public void Dispose() => _sql.Dispose();

    public ValueTask DisposeAsync() => _sql.DisposeAsync();
}

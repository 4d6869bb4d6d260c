using Microsoft.Extensions.Logging;
using ProgressHub.Core.Files;
using ProgressHub.Core.Sql;
using ProgressHub.Core.Sqlite;

namespace ProgressHub.Workloads.Knowledge.Collections;

/// <summary>Collections, documents and passages: in a SQLite file of their own, or beside the jobs of all nodes.</summary>
internal sealed class KnowledgeDatabase : IDisposable, IAsyncDisposable
{
    /// <summary>Those of one node.</summary>
    public KnowledgeDatabase(string directory, TimeProvider time, ILogger<KnowledgeDatabase> logger, DiskRoom? room = null, bool acceptDataLoss = false)
        : this(
            new SqliteDatabase(new SqliteFile(Path.Combine(directory, FileName)), Schema(""), time, logger)
            {
                Room = room, AcceptDataLoss = acceptDataLoss,
            },
            time)
    {
    }

    private KnowledgeDatabase(SqliteDatabase database, TimeProvider time)
        : this(new SqliteSql(database), time) => Database = database;

    private KnowledgeDatabase(ISqlDatabase sql, TimeProvider time)
    {
        Sql = sql;
        Collections = new CollectionStore(sql, time);
        Documents = new DocumentStore(sql, time);
        Rebuilds = new RebuildStore(sql);
    }

    /// <summary>The name of the file of one node.</summary>
    public static string FileName => "knowledge.db";

    public CollectionStore Collections { get; }

    public DocumentStore Documents { get; }

    public RebuildStore Rebuilds { get; }

    /// <summary>Whether other nodes read and write it too.</summary>
    public bool IsShared => Database is null;

    /// <summary>Where it is, if it is a file.</summary>
    internal SqliteFile File => Database!.File;

    /// <summary>The file itself; null where there is none.</summary>
    internal SqliteDatabase? Database { get; }

    /// <summary>The tables.</summary>
    internal ISqlDatabase Sql { get; }

    /// <summary>Those of all nodes; null where there is one node.</summary>
    public static KnowledgeDatabase? Shared(SharedDatabase? shared, TimeProvider time, ILogger<KnowledgeDatabase> logger) =>
        shared?.Open("knowledge", Schema(".Postgres"), time, logger) is { } sql ? new KnowledgeDatabase(sql, time) : null;

    /// <summary>The schema of the file of one node, or in the folder <c>.Postgres</c> that of all.</summary>
    internal static IReadOnlyList<MigrationScript> Schema(string folder) =>
        MigrationScripts.Embedded(typeof(KnowledgeDatabase).Assembly, typeof(KnowledgeDatabase).Namespace + folder);

    public void Dispose() => Sql.Dispose();

    public ValueTask DisposeAsync() => Sql.DisposeAsync();
}

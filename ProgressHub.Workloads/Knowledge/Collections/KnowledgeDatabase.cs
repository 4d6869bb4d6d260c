using Microsoft.Extensions.Logging;
using ProgressHub.Core.Files;
using ProgressHub.Core.Sqlite;

namespace ProgressHub.Workloads.Knowledge.Collections;

/// <summary>Collections, documents and passages in a SQLite file of their own.</summary>
internal sealed class KnowledgeDatabase : IDisposable, IAsyncDisposable
{
    private readonly SqliteDatabase _database;

    public KnowledgeDatabase(string directory, TimeProvider time, ILogger<KnowledgeDatabase> logger, DiskRoom? room = null, bool acceptDataLoss = false)
    {
        var type = typeof(KnowledgeDatabase);
        _database = new SqliteDatabase(
            new SqliteFile(Path.Combine(directory, "knowledge.db")), MigrationScripts.Embedded(type.Assembly, type.Namespace!), time, logger)
        {
            Room = room, AcceptDataLoss = acceptDataLoss,
        };
        Collections = new CollectionStore(_database, time);
        Documents = new DocumentStore(_database, time);
        Rebuilds = new RebuildStore(_database);
    }

    public CollectionStore Collections { get; }

    public DocumentStore Documents { get; }

    public RebuildStore Rebuilds { get; }

    /// <summary>Where it is.</summary>
    internal SqliteFile File => _database.File;

    /// <summary>The database itself.</summary>
    internal SqliteDatabase Database => _database;

    public void Dispose() => _database.Dispose();

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}

using Microsoft.Data.Sqlite;
using ProgressHub.Core.Files;
using SQLitePCL;

namespace ProgressHub.Core.Sqlite;

/// <summary>
/// A database file of ours and how it is opened: a write-ahead log whose commits are on disk when they return, one
/// connection that writes, and any number that only read.
/// </summary>
/// <param name="path">Where it is; its folder is made with it.</param>
public sealed class SqliteFile(string path)
{
    private const int BusyTimeoutSeconds = 5;

    // SQLITE_DBCONFIG_ENABLE_QPSG, the query planner stability guarantee.
    private const int EnableQpsg = 1007;

    // WAL with FULL: a commit returns once its pages are on disk. The log is carried over to the database file by the
    // commit that makes it longer than 4,000 pages (16 MB), on the writing connection and no other.
    private const string WriterSettings = """
        PRAGMA auto_vacuum = INCREMENTAL;
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA wal_autocheckpoint = 4000;
        PRAGMA journal_size_limit = 67108864;
        PRAGMA temp_store = MEMORY;
        """;

    private const string ReaderSettings = "PRAGMA query_only = ON; PRAGMA temp_store = MEMORY;";

    /// <summary>Where it is, absolute.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>How much memory the writing connection may fill with pages, in KiB.</summary>
    public int WriterCacheKib { get; init; } = 16384;

    /// <summary>How much memory a reading connection may fill with pages, in KiB.</summary>
    public int ReaderCacheKib { get; init; } = 16384;

    /// <summary>Further settings of the writing connection: how tests make the disk small or read-only.</summary>
    internal string? ExtraWriterSettings { get; set; }

    /// <summary>
    /// Whether the log is carried over to the database file when the writer opens, and emptied. What is left in it of a
    /// transaction that was cut off could otherwise stand behind later ones, and look like damage.
    /// </summary>
    internal bool EmptiesLogWhenOpened { get; set; } = true;

    /// <summary>Opens the connection that writes; the file is made where it is missing.</summary>
    /// <exception cref="SqliteException">It can't be opened; <see cref="SqliteOutage.Explain"/> says why.</exception>
    /// <exception cref="IOException">Its folder can't be made.</exception>
    public SqliteConnection OpenWriter()
    {
        var folder = PrivateFolder.Make(System.IO.Path.GetDirectoryName(Path)!);
        if (!File.Exists(Path))
            MakeEmpty(folder);
        var connection = Open(SqliteOpenMode.ReadWriteCreate, $"{WriterSettings} PRAGMA cache_size = -{WriterCacheKib}; {ExtraWriterSettings}");
        if (EmptiesLogWhenOpened)
        {
            EmptyLog(connection);
            FreePages.LearnToShrink(connection);
        }

        return connection;
    }

    /// <summary>Opens a connection that only reads; the file must be there.</summary>
    /// <exception cref="SqliteException">It can't be opened; <see cref="SqliteOutage.Explain"/> says why.</exception>
    public SqliteConnection OpenReader() =>
        Open(SqliteOpenMode.ReadOnly, $"{ReaderSettings} PRAGMA cache_size = -{ReaderCacheKib};");

    // SQLite makes its files as open to others as the process makes any; those beside it are as open as this one.
    private void MakeEmpty(string folder)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        PrivateFolder.OpenFile(Path, options).Dispose();
        PrivateFolder.Sync(folder);
    }

    private static void EmptyLog(SqliteConnection connection)
    {
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            command.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // Whatever is wrong with the disk, the first write tells it.
        }
    }

    // Else SQLite looks at the values of a limit, and of what is compared with a column of a partial index, and plans such a
    // statement anew for each execution, which takes longer than most of them run.
    private static void PlanOnce(SqliteConnection connection) =>
        raw.sqlite3_db_config(connection.Handle!, EnableQpsg, 1, out _);

    private SqliteConnection Open(SqliteOpenMode mode, string settings)
    {
        // No pooling: a pooled connection would stay open, and could checkpoint, after its owner dropped it.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = BusyTimeoutSeconds,
        }.ToString());
        try
        {
            connection.Open();
            PlanOnce(connection);
            using var command = connection.CreateCommand();
            command.CommandText = settings;
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}

using System.Data.Common;
using Microsoft.Data.Sqlite;
using ProgressHub.Core.Sqlite;

namespace ProgressHub.Core.Storage.Sqlite;

/// <summary>The embedded database: one file, one process.</summary>
internal sealed class SqliteDialect : SqlDialect
{
    private const int BusyTimeoutSeconds = 5;

    // WAL with FULL: a commit returns once its pages are on disk. The log is carried over to the database file by the
    // commit that makes it longer than 4,000 pages (16 MB), on this connection and no other.
    private const string WriterSettings = """
        PRAGMA synchronous = FULL;
        PRAGMA wal_autocheckpoint = 4000;
        PRAGMA journal_size_limit = 67108864;
        PRAGMA cache_size = -65536;
        PRAGMA temp_store = MEMORY;
        """;

    private const string ReaderSettings = """
        PRAGMA query_only = ON;
        PRAGMA cache_size = -16384;
        PRAGMA temp_store = MEMORY;
        """;

    private readonly string _directory;
    private readonly TimeProvider _time;

    public SqliteDialect(string dataDirectory, TimeProvider time)
    {
        SqliteLibrary.UseBest();
        _directory = Path.GetFullPath(dataDirectory);
        _time = time;
        Location = Path.Combine(_directory, "progresshub.db");
    }

    public override string MigrationFolder => "Sqlite";

    public override string Location { get; }

    /// <summary>Further settings of the writing connection: how tests make the disk small or read-only.</summary>
    internal string? ExtraWriterSettings { get; set; }

    public override IDisposable TakePossession()
    {
        Directory.CreateDirectory(_directory);
        return DataDirectoryLock.Take(_directory, _time);
    }

    public override DbConnection OpenWriter()
    {
        var connection = Open(SqliteOpenMode.ReadWriteCreate, "PRAGMA journal_mode = WAL;");
        Run(connection, WriterSettings + ExtraWriterSettings);
        return connection;
    }

    public override DbConnection OpenReader() => Open(SqliteOpenMode.ReadOnly, ReaderSettings);

    public override void BeforeClose(SqlSession writer) => writer.Run("PRAGMA wal_checkpoint(TRUNCATE)");

    public override string? WhyUnavailable(Exception exception) => exception switch
    {
        // https://www.sqlite.org/rescode.html, primary codes.
        SqliteException { SqliteErrorCode: 13 } => "The disk is full.",
        SqliteException { SqliteErrorCode: 8 } => "The database is read-only.",
        SqliteException { SqliteErrorCode: 10 } e => $"The disk reports an error (SQLite {e.SqliteExtendedErrorCode}).",
        SqliteException { SqliteErrorCode: 11 or 26 } => "The database file is damaged; restore a backup.",
        SqliteException { SqliteErrorCode: 3 or 14 } => "The database file can't be opened.",
        SqliteException { SqliteErrorCode: 5 or 6 or 15 } => "Another program keeps the database locked.",
        SqliteException { SqliteErrorCode: 7 } => "There is not enough memory.",
        IOException or UnauthorizedAccessException => $"The data directory can't be used: {exception.Message}",
        _ => null,
    };

    public override string Contains(string column, string parameter) => $"instr({column}, {parameter}) > 0";

    private SqliteConnection Open(SqliteOpenMode mode, string settings)
    {
        // No pooling: a pooled connection would stay open, and could checkpoint, after its owner dropped it.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Location,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = BusyTimeoutSeconds,
        }.ToString());
        try
        {
            connection.Open();
            Run(connection, settings);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

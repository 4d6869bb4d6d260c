using Microsoft.Data.Sqlite;
using ProgressHub.Core.Files;

namespace ProgressHub.Core.Sqlite;

/// <summary>Tells failures of the disk, the file or the machine from those of a statement.</summary>
public static class SqliteOutage
{
    /// <summary>Why the database can't be used now, for a person; null where the statement itself is at fault.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        // https://www.sqlite.org/rescode.html, primary codes.
        SqliteException { SqliteErrorCode: 13 } => "The disk is full.",
        SqliteException { SqliteErrorCode: 8 } => "The database is read-only.",
        SqliteException { SqliteErrorCode: 10 } e => $"The disk reports an error (SQLite {e.SqliteExtendedErrorCode}).",
        SqliteException { SqliteErrorCode: 11 or 26 } => "The database file is damaged; restore a backup.",
        SqliteException { SqliteErrorCode: 3 or 14 } => "The database file can't be opened.",
        SqliteException { SqliteErrorCode: 5 or 6 or 15 } => "Another program keeps the database locked.",
        SqliteException { SqliteErrorCode: 7 } => "There is not enough memory.",
        _ when DiskFault.Is(exception) => $"The data directory can't be used: {exception.Message}",
        _ => null,
    };
}

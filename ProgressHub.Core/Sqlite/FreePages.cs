using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ProgressHub.Core.Sqlite;

/// <summary>
/// Gives the pages that deleting has freed back to the disk (https://www.sqlite.org/pragma.html#pragma_auto_vacuum): a few
/// at a time, at the end of the file.
/// </summary>
internal static class FreePages
{
    // New rows take free pages first. So many are left for them; a file that gives and takes all the time only costs.
    private const long Kept = 1024;
    private const int AtOnce = 512;
    private const int Incremental = 2;

    // Writing a database anew takes as much memory, for it is not to take room on a disk that may be full.
    private const long MostToRewrite = 64L * 1024 * 1024;

    /// <summary>
    /// A database of before, which can't shrink, is written anew once where it is small enough; a larger one is when it is
    /// restored from a backup. Nobody else may have it open.
    /// </summary>
    public static void LearnToShrink(SqliteConnection connection)
    {
        try
        {
            if (Number(connection, "auto_vacuum") == Incremental
                || Number(connection, "page_count") * Number(connection, "page_size") > MostToRewrite)
                return;
            Run(connection, "VACUUM");
        }
        catch (SqliteException)
        {
            // Where the disk is full, or somebody reads, it is as it was; the next start tries again.
        }
    }

    /// <summary>Writes a database to a file of its own, without free pages, that can shrink.</summary>
    /// <param name="connection">A connection that only reads it.</param>
    /// <param name="path">The file, which is not there yet.</param>
    public static void WriteAnew(SqliteConnection connection, string path)
    {
        // To say it of one that can already would be a write.
        var setting = Number(connection, "auto_vacuum") == Incremental ? "" : "PRAGMA auto_vacuum = INCREMENTAL;";
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA query_only = OFF; {setting} VACUUM INTO @path";
        command.Parameters.AddWithValue("@path", path);
        command.ExecuteNonQuery();
    }

    /// <summary>Gives some back; within a transaction.</summary>
    /// <returns>Whether there are more that are worth it.</returns>
    public static bool GiveBack(DbConnection connection)
    {
        if (Number(connection, "auto_vacuum") != Incremental || Number(connection, "freelist_count") is var free && free <= Kept)
            return false;
        Run(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA incremental_vacuum({Math.Min(AtOnce, free - Kept)})"));
        return free - AtOnce > Kept;
    }

    private static long Number(DbConnection connection, string setting)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA {setting}";
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    // It gives back a page with each step, so all of them are taken.
    private static void Run(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
        }
    }
}

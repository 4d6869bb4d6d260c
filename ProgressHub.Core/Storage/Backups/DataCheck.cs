using System.Globalization;
using Microsoft.Data.Sqlite;
using ProgressHub.Core.Sqlite;

namespace ProgressHub.Core.Storage.Backups;

/// <summary>
/// Looks a data directory over while no server runs on it, and changes nothing: the write-ahead logs, the structure of every
/// database, the checksum of every event and state, and the files that jobs refer to.
/// </summary>
public static class DataCheck
{
    /// <summary>Looks it over.</summary>
    /// <param name="folders">Where the data is.</param>
    /// <param name="time">Dates the lock.</param>
    /// <returns>What is damaged; empty where all is as it was written.</returns>
    /// <exception cref="InvalidOperationException">A server runs on it, or it is no data directory.</exception>
    public static IReadOnlyList<DataFinding> Run(DataFolders folders, TimeProvider time)
    {
        if (!File.Exists(folders.PathOf(DataFolders.MainDatabase)))
            throw new InvalidOperationException($"{folders.Data} is no data directory: it has no {DataFolders.MainDatabase}.");
        using var possession = DataDirectoryLock.Take(folders.Data, time);
        return Look(folders);
    }

    /// <summary>The same, for who holds the folder already.</summary>
    internal static IReadOnlyList<DataFinding> Look(DataFolders folders)
    {
        List<DataFinding> findings = [];
        foreach (var name in folders.Databases())
        {
            findings.AddRange(Log(name, folders.PathOf(name) + "-wal"));
            findings.AddRange(Database(name, folders));
        }

        return findings;
    }

    /// <summary>What is wrong with a write-ahead log.</summary>
    internal static IEnumerable<DataFinding> Log(string name, string path)
    {
        if (WriteAheadLog.Examine(path) is { IsDamaged: true } log)
        {
            yield return new DataFinding(name + "-wal", null, string.Create(
                CultureInfo.InvariantCulture,
                $"can't be read from frame {log.FirstBroken} on; {log.CommitsBehind} or more transactions behind it were acknowledged."));
        }
    }

    private static List<DataFinding> Database(string name, DataFolders folders)
    {
        List<DataFinding> findings = [];
        try
        {
            using var connection = new SqliteFile(folders.PathOf(name)).OpenReader();
            findings.AddRange(QuickCheck.Of(connection).Select(text => new DataFinding(name, null, text)));
            if (name == DataFolders.MainDatabase)
                findings.AddRange(JobsCheck.Run(connection, folders));
        }
        catch (SqliteException damage)
        {
            findings.Add(new DataFinding(name, null, $"can't be read further: {damage.Message}"));
        }

        return findings;
    }
}

using ProgressHub.Core.Files;

namespace ProgressHub.Core.Storage.Backups;

/// <summary>
/// Copies a data directory while a server runs on it, from a process of its own, which only reads: the database of the jobs
/// as of one moment, the other databases as of a moment after it, and all files they refer to.
/// </summary>
/// <remarks>
/// Each database is copied by SQLite's backup API (https://www.sqlite.org/backup.html) within one read transaction, which
/// holds up no writer. Files come after the databases, so that what those name is there; where the server has deleted one
/// meanwhile, or changed another database beside its files, a further pass copies what is different by then.
/// </remarks>
public static class DataBackup
{
    private const int MostPasses = 8;

    /// <summary>Makes a backup.</summary>
    /// <param name="folders">Where the data is.</param>
    /// <param name="target">The folder to make it in; it must be empty, or not be there yet.</param>
    /// <param name="time">Dates the backup.</param>
    /// <returns>How many files it has.</returns>
    /// <exception cref="InvalidOperationException">It can't be made, or what was copied is damaged; the message says why.</exception>
    public static int Run(DataFolders folders, string target, TimeProvider time)
    {
        target = Path.GetFullPath(target);
        if (!File.Exists(folders.PathOf(DataFolders.MainDatabase)))
            throw new InvalidOperationException($"{folders.Data} is no data directory: it has no {DataFolders.MainDatabase}.");
        RequireApart(folders, target);
        EmptyFolder.Require(target);

        // Where no server runs, none is to start in the middle, and its logs can be looked at before SQLite reads them.
        using var possession = TryTake(folders, time);
        if (possession is not null)
            RequireSoundLogs(folders);

        var copy = new DataFolders(PrivateFolder.Make(target));
        using var files = new FileCopies(folders, copy);
        for (var pass = 1; !files.Pass(); pass++)
        {
            if (pass == MostPasses)
                break;
        }

        RequireSound(copy);
        return Finish(copy, files.Lengths, time);
    }

    private static int Finish(DataFolders copy, IReadOnlyCollection<long> lengths, TimeProvider time)
    {
        var manifest = BackupManifest.Of(time.GetUtcNow(), lengths);
        var path = Path.Combine(copy.Data, BackupManifest.FileName);
        File.WriteAllBytes(path, manifest.ToJson());
        PrivateFolder.SyncFile(path);
        PrivateFolder.Sync(copy.Data);
        return manifest.Files;
    }

    private static DataDirectoryLock? TryTake(DataFolders folders, TimeProvider time)
    {
        try
        {
            return DataDirectoryLock.Take(folders.Data, time);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static void RequireApart(DataFolders folders, string target)
    {
        foreach (var root in folders.Elsewhere.Values.Append(folders.Data).Select(Path.GetFullPath))
        {
            if (IsWithin(target, root) || IsWithin(root, target))
                throw new InvalidOperationException($"The backup can't be made in {target}: that and {root} hold one another.");
        }
    }

    private static bool IsWithin(string path, string root) =>
        path == root || path.StartsWith(root.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static void RequireSoundLogs(DataFolders folders)
    {
        if (folders.Databases().SelectMany(name => DataCheck.Log(name, folders.PathOf(name) + "-wal")).FirstOrDefault() is { } finding)
            throw new InvalidOperationException($"The data directory is damaged, and a backup would leave out what can't be read. {finding}");
    }

    private static void RequireSound(DataFolders copy)
    {
        if (DataCheck.Look(copy) is { Count: > 0 } findings)
        {
            throw new InvalidOperationException(
                $"What was copied is damaged, so it is no backup; it is left in {copy.Data}. Earlier backups may be sound: keep them. {string.Join(' ', findings)}");
        }
    }
}

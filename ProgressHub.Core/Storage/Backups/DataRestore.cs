using ProgressHub.Core.Files;
using ProgressHub.Core.Sqlite;
using ProgressHub.Core.Storage.Sqlite;

namespace ProgressHub.Core.Storage.Backups;

/// <summary>
/// Puts a backup back into an empty data directory. Databases are written anew without their free pages, and from then on
/// give back to the disk what is deleted.
/// </summary>
public static class DataRestore
{
    /// <summary>Puts it back.</summary>
    /// <param name="backup">The folder of the backup.</param>
    /// <param name="folders">Where the data is to be; each must be empty, or not be there yet.</param>
    /// <returns>How many files there are.</returns>
    /// <exception cref="InvalidOperationException">It can't be put back; the message says why.</exception>
    public static int Run(string backup, DataFolders folders)
    {
        var source = new DataFolders(Path.GetFullPath(backup));
        BackupManifest.Read(source.Data);
        foreach (var folder in folders.Elsewhere.Values.Append(folders.Data))
            EmptyFolder.Require(folder);
        if (DataCheck.Look(source) is { Count: > 0 } findings)
            throw new InvalidOperationException($"The backup is damaged; take another one. {string.Join(' ', findings)}");

        DataDirectoryMarker.Set(PrivateFolder.Make(folders.Data));
        var count = 0;
        foreach (var name in source.Databases())
        {
            Write(source.PathOf(name), folders.Prepare(name));
            count++;
        }

        foreach (var name in source.Files())
        {
            Copy(source.PathOf(name), folders.Prepare(name));
            count++;
        }

        DataDirectoryMarker.Clear(folders.Data);
        return count;
    }

    private static void Write(string from, string to)
    {
        using (var connection = new SqliteFile(from).OpenReader())
            FreePages.WriteAnew(connection, to);
        Settle(to);
    }

    private static void Copy(string from, string to)
    {
        using (var input = File.OpenRead(from))
        using (var output = PrivateFolder.OpenFile(to, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write }))
            input.CopyTo(output);
        Settle(to);
    }

    private static void Settle(string path)
    {
        PrivateFolder.SyncFile(path);
        PrivateFolder.Sync(Path.GetDirectoryName(path)!);
    }
}

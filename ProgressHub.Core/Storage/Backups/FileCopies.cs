using System.Globalization;
using Microsoft.Data.Sqlite;
using ProgressHub.Core.Files;
using ProgressHub.Core.Sqlite;

namespace ProgressHub.Core.Storage.Backups;

/// <summary>The copying of a backup, pass by pass; a later one copies what has changed since the one before.</summary>
internal sealed class FileCopies(DataFolders source, DataFolders target) : IDisposable
{
    private readonly Dictionary<string, SqliteConnection> _databases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Length, DateTime Written)> _copied = new(StringComparer.Ordinal);

    /// <summary>The lengths of all files that are copied.</summary>
    public IReadOnlyCollection<long> Lengths =>
        [.. target.Databases().Concat(target.Files()).Select(name => new FileInfo(target.PathOf(name)).Length)];

    /// <summary>Copies the databases, that of the jobs first, then the files.</summary>
    /// <returns>Whether all fits together; else another pass is needed.</returns>
    public bool Pass()
    {
        var databases = source.Databases();
        var versions = databases.ToDictionary(name => name, Copy, StringComparer.Ordinal);
        var files = source.Files().ToHashSet(StringComparer.Ordinal);
        foreach (var name in files)
            CopyFile(name);

        // Of a database beside files of its own the copy is to be as of the same moment as theirs. That of the jobs changes
        // all the time; it is enough that each file it names is there.
        var isQuiet = databases.Where(name => name != DataFolders.MainDatabase).All(name => VersionOf(_databases[name]) == versions[name]);
        foreach (var gone in target.Files().Where(name => !files.Contains(name)).ToArray())
            File.Delete(target.PathOf(gone));
        return isQuiet && HasAllFiles();
    }

    public void Dispose()
    {
        foreach (var connection in _databases.Values)
            connection.Dispose();
    }

    private long Copy(string name)
    {
        if (!_databases.TryGetValue(name, out var connection))
            _databases.Add(name, connection = new SqliteFile(source.PathOf(name)).OpenReader());
        var version = VersionOf(connection);
        var path = target.Prepare(name);
        File.Delete(path);
        using (var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString()))
        {
            copy.Open();
            connection.BackupDatabase(copy);

            // One file, which needs no log beside it.
            using var command = copy.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = DELETE";
            command.ExecuteNonQuery();
        }

        PrivateFolder.SyncFile(path);
        return version;
    }

    // Changes with each commit of another connection (https://www.sqlite.org/pragma.html#pragma_data_version).
    private static long VersionOf(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA data_version";
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private void CopyFile(string name)
    {
        var from = new FileInfo(source.PathOf(name));
        if (!from.Exists || (_copied.TryGetValue(name, out var before) && before == (from.Length, from.LastWriteTimeUtc)))
            return;
        try
        {
            var seen = (from.Length, from.LastWriteTimeUtc);
            using var input = new FileStream(from.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var output = PrivateFolder.OpenFile(
                target.Prepare(name), new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write });
            input.CopyTo(output);
            output.Flush(flushToDisk: true);
            _copied[name] = seen;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            // Deleted since it was listed. If a database still names it, the next pass copies one that does not.
        }
    }

    private bool HasAllFiles()
    {
        using var session = JobsCheck.SessionOn(new SqliteFile(target.PathOf(DataFolders.MainDatabase)).OpenReader(), target);
        return !JobsCheck.OfFiles(session, target).Any();
    }
}

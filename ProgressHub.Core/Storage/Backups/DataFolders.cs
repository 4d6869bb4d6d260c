using ProgressHub.Core.Files;
using ProgressHub.Core.Storage.Sqlite;

namespace ProgressHub.Core.Storage.Backups;

/// <summary>The folders in which a server keeps its data, and the files in them that a backup holds.</summary>
/// <param name="Data">The data directory.</param>
/// <param name="Elsewhere">
/// Folders that are configured to lie outside of it, by the names they have in it otherwise, such as <c>blobs</c>.
/// </param>
public sealed record DataFolders(string Data, IReadOnlyDictionary<string, string> Elsewhere)
{
    /// <summary>The database of the jobs, by its name in the data directory.</summary>
    internal const string MainDatabase = "progresshub.db";

    private const string DatabaseEnding = ".db";

    // What belongs to a process, or is of no use to another one: running attempts, the lock, vectors that the database has, logs (a copy of a database
    // holds what is in its log), drafts.
    private static readonly string[] LeftOutFolders = ["work/", "damaged/", "knowledge/vector-cache/"];
    private static readonly string[] LeftOutFiles = ["progresshub.lock", "progresshub.holder", DataDirectoryMarker.FileName, BackupManifest.FileName];
    private static readonly string[] LeftOutEndings = ["-wal", "-shm", "-journal", ".part"];

    /// <summary>Everything in one folder.</summary>
    /// <param name="data">The data directory.</param>
    public DataFolders(string data)
        : this(data, new Dictionary<string, string>())
    {
    }

    /// <summary>The names of all databases, that of the jobs first.</summary>
    internal IReadOnlyList<string> Databases() =>
        [.. All().Where(IsDatabase).OrderBy(name => name != MainDatabase).ThenBy(name => name, StringComparer.Ordinal)];

    /// <summary>The names of all other files.</summary>
    internal IEnumerable<string> Files() => All().Where(name => !IsDatabase(name));

    /// <summary>Where the file of a name is.</summary>
    internal string PathOf(string name)
    {
        var (folder, rest) = name.Split('/', 2) is [var first, var below] ? (first, below) : ("", name);
        var root = folder.Length > 0 && Elsewhere.TryGetValue(folder, out var elsewhere) ? elsewhere : null;
        return Path.GetFullPath(root is null ? Path.Combine(Data, name) : Path.Combine(root, rest));
    }

    /// <summary>Where the file of a name is to be made; its folder is made.</summary>
    internal string Prepare(string name)
    {
        var path = PathOf(name);
        PrivateFolder.Make(Path.GetDirectoryName(path)!);
        return path;
    }

    private static bool IsDatabase(string name) => name.EndsWith(DatabaseEnding, StringComparison.Ordinal);

    private static bool IsKept(string name) =>
        !LeftOutFiles.Contains(name)
        && !LeftOutFolders.Any(folder => name.StartsWith(folder, StringComparison.Ordinal))
        && !LeftOutEndings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal));

    private IEnumerable<string> All() =>
        Below(Data).Where(name => !Elsewhere.Keys.Any(folder => name.StartsWith(folder + "/", StringComparison.Ordinal)))
            .Concat(Elsewhere.SelectMany(folder => Below(folder.Value).Select(name => $"{folder.Key}/{name}")))
            .Where(IsKept);

    private static IEnumerable<string> Below(string root) => !Directory.Exists(root)
        ? []
        : Directory.EnumerateFiles(root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .Select(path => Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/'));
}

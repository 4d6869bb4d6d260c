using ProgressHub.Core.Files;

namespace ProgressHub.Workloads.Analysis.Sessions;

/// <summary>Where tables are on disk: a copy of each file, and the database that it was read into.</summary>
/// <param name="directory">The folder of this node.</param>
/// <param name="shared">The folder of all nodes in which the copies are; null where there is one node.</param>
internal sealed class TableFolder(string directory, string? shared = null)
{
    private readonly Lock _sharing = new();

    /// <summary>The folder with copies of files.</summary>
    public string Sources { get; } = shared ?? Path.Combine(directory, "sources");


    /// <summary>The folder with databases.</summary>
    public string Tables { get; } = Path.Combine(directory, "tables");

    /// <summary>The database of a table.</summary>
    public string PathOf(string id) => Path.Combine(Tables, $"{id}.duckdb");

    /// <summary>The database of a table as earlier versions wrote it, with SQLite.</summary>
    public string EarlierPathOf(string id) => Path.Combine(Tables, $"{id}.db");

    /// <summary>The copy of a table's file.</summary>
    public string SourceOf(string id) => Path.Combine(Sources, $"{TableId.ContentOf(id)}.csv");

    /// <summary>Removes a file if it can be removed now.</summary>
    public static void Delete(string path)
    {
        try
        {
            if (File.Exists(path))
                File.Delete(path);
        }
        catch (IOException)
        {
            // Windows keeps a file that a query has open; without its row it counts for nothing, and goes with a later sweep.
        }
    }

    /// <summary>Moves the copies that this node had for itself to where all nodes find them.</summary>
    public void ShareOwn()
    {
        var own = Path.Combine(directory, "sources");
        if (shared is null || !Directory.Exists(own))
            return;
        lock (_sharing)
        {
            PrivateFolder.Make(Sources);
            foreach (var file in Directory.EnumerateFiles(own, "*.csv"))
                Share(file);
        }
    }

    /// <summary>Removes what a crash left between a file and its row: no row, and nobody has written to it for long.</summary>
    /// <param name="known">The tables and files that have rows.</param>
    /// <param name="oldest">What was written since is left, UTC.</param>
    public void Sweep(HashSet<string> known, DateTime oldest)
    {
        foreach (var folder in (string[])[Sources, Tables])
        {
            if (!Directory.Exists(folder))
                continue;
            foreach (var file in Directory.EnumerateFiles(folder))
            {
                if (!known.Contains(Path.GetFileNameWithoutExtension(file)) && File.GetLastWriteTimeUtc(file) < oldest)
                    Delete(file);
            }
        }
    }

    private void Share(string file)
    {
        // Not moved at once: it may be another disk, and half a file would count as a copy.
        var draft = Path.Combine(Sources, $"{Guid.NewGuid():N}.part");
        try
        {
            File.Copy(file, draft);
            PrivateFolder.SyncFile(draft);
            File.Move(draft, Path.Combine(Sources, Path.GetFileName(file)), overwrite: true);
        }
        finally
        {
            Delete(draft);
        }

        Delete(file);
    }
}

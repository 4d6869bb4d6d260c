namespace ProgressHub.Workloads.Analysis.Sessions;

/// <summary>Where tables are on disk: a copy of each file, and beside it the database that it was read into.</summary>
internal sealed class TableFolder(string directory)
{
    /// <summary>The folder with copies of files.</summary>
    public string Sources { get; } = Path.Combine(directory, "sources");

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
}

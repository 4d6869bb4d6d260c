using ProgressHub.Core.Files;

namespace ProgressHub.Core.Storage.Sqlite;

/// <summary>Stands in a data directory as long as a backup is being put back into it: half of one must not be started on.</summary>
internal static class DataDirectoryMarker
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "progresshub.restoring";

    /// <summary>Sets it.</summary>
    public static void Set(string directory)
    {
        var path = Path.Combine(directory, FileName);
        File.WriteAllText(path, "A backup is being put back here.");
        PrivateFolder.SyncFile(path);
        PrivateFolder.Sync(directory);
    }

    /// <summary>Takes it away.</summary>
    public static void Clear(string directory)
    {
        File.Delete(Path.Combine(directory, FileName));
        PrivateFolder.Sync(directory);
    }

    /// <summary>Refuses a directory that has it.</summary>
    /// <exception cref="InvalidOperationException">It is there.</exception>
    public static void RequireNone(string directory)
    {
        if (File.Exists(Path.Combine(directory, FileName)))
        {
            throw new InvalidOperationException(
                $"Putting a backup back into {directory} was cut off, or is under way. Wait for it; or delete the folder and restore again.");
        }
    }
}

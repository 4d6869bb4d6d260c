namespace ProgressHub.Core.Storage.Backups;

/// <summary>Where whole data is written to, so that it never mixes with what was there.</summary>
internal static class EmptyFolder
{
    /// <summary>Refuses one that has anything in it.</summary>
    /// <exception cref="InvalidOperationException">It is not empty.</exception>
    public static void Require(string folder)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new InvalidOperationException($"{folder} is not empty; name a folder that is, or that is not there yet.");
    }
}

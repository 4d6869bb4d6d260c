using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Files;

namespace ProgressHub.Core.Uploads;

/// <summary>The folders of attempts that are under way. None outlives its attempt, or a restart.</summary>
internal sealed partial class WorkFolders(IOptions<UploadOptions> options, ILogger<WorkFolders> logger)
{
    private readonly string _root = Path.GetFullPath(options.Value.WorkDirectory ?? Path.Combine("data", "work"));

    /// <summary>Makes a folder of that name.</summary>
    public string Create(string name) => PrivateFolder.Make(Path.Combine(_root, name));

    /// <summary>Removes a folder with all that is in it, if it is there.</summary>
    public void Remove(string name) => Delete(Path.Combine(_root, name));

    /// <summary>Removes what a crash left.</summary>
    public void RemoveAll()
    {
        if (!Directory.Exists(_root))
            return;
        foreach (var folder in Directory.EnumerateDirectories(_root))
            Delete(folder);
    }

    private void Delete(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A tool that was given up may still write there; the next start removes it.
            LogLeft(failure);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A work folder could not be removed; the next start tries again.")]
    private partial void LogLeft(Exception failure);
}

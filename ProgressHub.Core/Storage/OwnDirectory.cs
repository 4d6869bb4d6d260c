using Microsoft.Extensions.Logging;
using ProgressHub.Core.Files;

namespace ProgressHub.Core.Storage;

/// <summary>The data directory as this process's own: made where it is missing, closed to other users, locked.</summary>
internal static partial class OwnDirectory
{
    /// <summary>Takes it; disposing what is returned gives it up.</summary>
    /// <exception cref="InvalidOperationException">Another process has it, or it can't be written; the message says which.</exception>
    public static IDisposable Take(string directory, TimeProvider time, ILogger logger)
    {
        directory = PrivateFolder.Make(directory);
        if (PrivateFolder.Close(directory))
            LogClosed(logger, directory);
        return DataDirectoryLock.Take(directory, time);
    }

    [LoggerMessage(LogLevel.Information, "The data directory {Directory} was open to other users of this machine; now it is its owner's alone.")]
    private static partial void LogClosed(ILogger logger, string directory);
}

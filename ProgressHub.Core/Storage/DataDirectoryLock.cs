using System.Globalization;

namespace ProgressHub.Core.Storage;

/// <summary>
/// Keeps a second process out of a data directory. The operating system holds the lock, so it ends with its process
/// however that ends; who holds it stands in a file of its own, because the locked one can't be read everywhere.
/// </summary>
internal sealed class DataDirectoryLock : IDisposable
{
    private readonly FileStream _lock;
    private readonly string _holderFile;

    private DataDirectoryLock(FileStream stream, string holderFile)
    {
        _lock = stream;
        _holderFile = holderFile;
    }

    /// <summary>Takes the lock.</summary>
    /// <exception cref="InvalidOperationException">Another process has it.</exception>
    public static DataDirectoryLock Take(string directory, TimeProvider time)
    {
        var holderFile = Path.Combine(directory, "progresshub.holder");
        FileStream stream;
        try
        {
            stream = new FileStream(
                Path.Combine(directory, "progresshub.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite,
                FileShare.None);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException && !IsHeld(exception))
        {
            throw new InvalidOperationException(
                $"The data directory {directory} can't be written: {exception.Message} Give this server's user a directory it may write, " +
                "with room on the disk, by Storage:DataDirectory.", exception);
        }
        catch (IOException exception)
        {
            throw new InvalidOperationException(
                $"The data directory {directory} is in use by {ReadHolder(holderFile)}. Stop that process, or give " +
                "this one a directory of its own with Storage:DataDirectory.", exception);
        }

        WriteHolder(holderFile, string.Create(
            CultureInfo.InvariantCulture,
            $"process {Environment.ProcessId} on {Environment.MachineName}, since {time.GetUtcNow():u}"));
        return new DataDirectoryLock(stream, holderFile);
    }

    public void Dispose()
    {
        // The lock file itself stays: deleting it would let two processes hold two files of the same name.
        WriteHolder(_holderFile, null);
        _lock.Dispose();
    }

    // EWOULDBLOCK of flock(2), which .NET asks for; ERROR_SHARING_VIOLATION.
    private static bool IsHeld(Exception exception) => exception.HResult is 11 or 35 or unchecked((int)0x80070020);

    private static void WriteHolder(string file, string? holder)
    {
        try
        {
            if (holder is null)
                File.Delete(file);
            else
                File.WriteAllText(file, holder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Only a courtesy to whoever comes second; a full disk must not keep the server from starting.
        }
    }

    private static string ReadHolder(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return "another process";
        }
    }
}

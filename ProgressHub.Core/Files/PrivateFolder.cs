using System.Runtime.InteropServices;

namespace ProgressHub.Core.Files;

/// <summary>
/// Folders of data: only their owner may look into them, and what was made in one is there after a power loss too.
/// </summary>
public static partial class PrivateFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerOnlyFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const uint AllModes = 0b111_111_111;
    private const int Eio = 5;
    private const int Enospc = 28;

    /// <summary>Opens a file of data; where it is made, it is its owner's alone.</summary>
    /// <exception cref="IOException">As <see cref="FileStream"/>.</exception>
    public static FileStream OpenFile(string path, FileStreamOptions options)
    {
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnlyFile;
        return new FileStream(path, options);
    }

    /// <summary>From here on all that this process and those it starts make is their owner's alone (umask(2)).</summary>
    public static void MakeAllPrivate()
    {
        if (!OperatingSystem.IsWindows())
            _ = Umask(AllModes ^ (uint)OwnerOnly);
    }

    /// <summary>Makes a folder, and those above it that are missing; one that is there stays as it is.</summary>
    /// <param name="path">The folder.</param>
    /// <returns>Its absolute path.</returns>
    /// <exception cref="IOException">It can't be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static string Make(string path)
    {
        path = Path.GetFullPath(path);
        if (Directory.Exists(path))
            return path;
        if (Path.GetDirectoryName(path) is not { } above)
            return path;
        if (!Directory.Exists(above))
            Make(above);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerOnly);
        Sync(above);
        return path;
    }

    /// <summary>Makes a folder that others may look into the owner's alone; where that is not allowed it stays as it is.</summary>
    /// <returns>Whether others could look into it before, and can't now.</returns>
    public static bool Close(string path)
    {
        if (OperatingSystem.IsWindows())
            return false;
        try
        {
            var mode = File.GetUnixFileMode(path);
            if ((mode & ~OwnerOnly) == 0)
                return false;
            File.SetUnixFileMode(path, mode & OwnerOnly);
            return true;
        }
        catch (Exception kept) when (kept is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Has the disk keep the bytes of a file that is written (fsync(2)); its name is <see cref="Sync"/>'s affair.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public static void SyncFile(string path)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(handle);
    }

    /// <summary>
    /// Has the disk keep the names in a folder: a file whose bytes are on disk may else be gone after a power loss, because
    /// its name was not (fsync(2)). Where a system knows no such thing, nothing happens.
    /// </summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public static void Sync(string path)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var handle = Open(path, flags: 0);
        if (handle < 0)
            return;
        try
        {
            if (Fsync(handle) != 0 && Marshal.GetLastPInvokeError() is Eio or Enospc)
                throw new IOException($"The disk can't keep the folder {path}.", Marshal.GetLastPInvokeError());
        }
        finally
        {
            _ = CloseHandle(handle);
        }
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint Umask(uint mask);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseHandle(int handle);
}

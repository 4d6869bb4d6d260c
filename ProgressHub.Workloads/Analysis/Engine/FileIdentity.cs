using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace ProgressHub.Workloads.Analysis.Engine;

/// <summary>
/// Tells whether a path still names the very file that it named before. A file that was replaced may have the time and the length
/// of the earlier one; on Linux the kernel says of an open file what its path is, and that it was removed. Elsewhere time and
/// length must do.
/// </summary>
internal sealed class FileIdentity : IDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle? _handle;
    private readonly State _first;

    /// <summary>Remembers what is there now.</summary>
    /// <exception cref="IOException">There is no such file.</exception>
    public FileIdentity(string path)
    {
        _path = path;
        if (!File.Exists(path))
            throw new FileNotFoundException(null, path);

        // It shares all and so takes no lock. Closing it lets go of the locks that the process has on the file (fcntl(2)).
        if (OperatingSystem.IsLinux())
            _handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        _first = Look();
    }

    /// <summary>Whether the path names the same file, with nothing written to it since.</summary>
    public bool IsCurrent => Look() == _first;

    public void Dispose() => _handle?.Dispose();

    private State Look()
    {
        var file = new FileInfo(_path);
        var open = _handle is null ? null : string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{_handle.DangerousGetHandle()}");
        return new State(open is null ? null : new FileInfo(open).LinkTarget, file.Exists ? file.LastWriteTimeUtc : default, file.Exists ? file.Length : -1);
    }

    private sealed record State(string? OpenPath, DateTime WrittenAt, long Length);
}

using System.ComponentModel;
using System.Runtime.InteropServices;

namespace ProgressHub.Tests.Support;

/// <summary>
/// Makes every write to a file fail in another process, and work again: its limit of file sizes (prlimit(2), EFBIG), which
/// needs no rights. The process must ignore the signal that comes with it; <see cref="ServerProcess.IgnoresFileSizeSignal"/>.
/// </summary>
internal static class FailingDisk
{
    private const int FileSize = 1;

    /// <summary>From here on nothing can be written.</summary>
    public static void Break(int process)
    {
        var limit = Get(process);
        Set(process, limit with { Soft = 0 });
    }

    /// <summary>From here on everything can.</summary>
    public static void Mend(int process)
    {
        var limit = Get(process);
        Set(process, limit with { Soft = limit.Hard });
    }

    private static Limit Get(int process) =>
        Read(process, FileSize, 0, out var limit) == 0 ? limit : throw new Win32Exception();

    private static void Set(int process, Limit limit)
    {
        if (Write(process, FileSize, limit, 0) != 0)
            throw new Win32Exception();
    }

    [DllImport("libc", EntryPoint = "prlimit", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Read(int process, int resource, nint wanted, out Limit before);

    [DllImport("libc", EntryPoint = "prlimit", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Write(int process, int resource, in Limit wanted, nint before);

    [StructLayout(LayoutKind.Sequential)]
    private record struct Limit(ulong Soft, ulong Hard);
}

using System.Globalization;
using System.Runtime.InteropServices;

namespace ProgressHub.Workloads.Workers;

/// <summary>
/// What a worker does to itself before anything native loads. Linux alone has all of it; elsewhere the deadline and the end of
/// the pipe must do.
/// </summary>
internal static partial class WorkerLimits
{
    // sys/resource.h and sys/prctl.h of Linux.
    private const int Core = 4;
    private const int AddressSpace = 9;
    private const int SetParentDeathSignal = 1;
    private const int SigKill = 9;
    private const int StandardOutput = 1;
    private const int StandardError = 2;

    /// <summary>
    /// Bounds what this process may map from now on. .NET reserves far more addresses than it uses, so the bound is counted from
    /// what is mapped now; <c>DOTNET_GCHeapHardLimit</c>, which must stand in the environment, keeps the heap within it.
    /// </summary>
    /// <exception cref="InvalidOperationException">The system does not allow it: a worker without bounds is none.</exception>
    public static void BoundMemory(long bytes)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var limit = new Limit { Soft = (ulong)(MappedBytes() + bytes), Hard = (ulong)(MappedBytes() + bytes) };
        var nothing = default(Limit);
        if (SetLimit(AddressSpace, ref limit) != 0 || SetLimit(Core, ref nothing) != 0)
            throw new InvalidOperationException($"The memory of a worker can't be bounded: error {Marshal.GetLastPInvokeError()}.");
    }

    /// <summary>Has the kernel end this process with its host, in case it can't see the end of its pipe.</summary>
    public static void DieWith(int host)
    {
        if (!OperatingSystem.IsLinux())
            return;
        _ = Control(SetParentDeathSignal, SigKill, 0, 0, 0);

        // It may have ended before the kernel was asked.
        if (ParentOf() != host)
            Exit(1);
    }

    /// <summary>Takes the standard output for messages alone: whatever else writes to it is led to the standard error.</summary>
    public static Stream TakeOutput()
    {
        if (OperatingSystem.IsWindows())
        {
            var stream = Console.OpenStandardOutput();
            Console.SetOut(Console.Error);
            return stream;
        }

        var own = Duplicate(StandardOutput);
        _ = Redirect(StandardError, StandardOutput);
        return new FileStream(new Microsoft.Win32.SafeHandles.SafeFileHandle(own, ownsHandle: true), FileAccess.Write, bufferSize: 0);
    }

    /// <summary>Ends this process at once, whatever its other threads are at.</summary>
    public static void ExitNow()
    {
        if (OperatingSystem.IsWindows())
            Environment.FailFast(null);
        Exit(0);
    }

    private static long MappedBytes()
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmSize:", StringComparison.Ordinal));
        return long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, ref Limit limit);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nuint first, nuint second, nuint third, nuint fourth);

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int ParentOf();

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void Exit(int code);

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Redirect(int from, int to);

    private struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }
}

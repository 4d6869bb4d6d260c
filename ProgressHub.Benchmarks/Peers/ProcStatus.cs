using System.Globalization;

namespace ProgressHub.Benchmarks.Peers;

/// <summary>Memory as the kernel counts it (proc(5), <c>/proc/[pid]/status</c>).</summary>
internal static class ProcStatus
{
    public static double ResidentBytes()
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}

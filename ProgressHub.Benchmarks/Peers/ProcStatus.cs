using System.Globalization;

namespace ProgressHub.Benchmarks.Peers;

/// <summary>Memory as the kernel counts it (proc(5), <c>/proc/[pid]/status</c>).</summary>
internal static class ProcStatus
{
    private const double TicksPerSecond = 100;

    /// <param name="process">Which; this one where null.</param>
    public static double ResidentBytes(int? process = null)
    {
        var line = File.ReadLines($"/proc/{process?.ToString(CultureInfo.InvariantCulture) ?? "self"}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    /// <summary>Processor time of a process, user and system (proc(5), <c>stat</c>, fields 14 and 15; ticks of 10 ms).</summary>
    public static double CpuMicroseconds(int process)
    {
        // The name stands in parentheses and may hold anything.
        var fields = File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture))
            / TicksPerSecond * 1e6;
    }

    /// <summary>The processes that a process has started.</summary>
    public static IEnumerable<int> ChildrenOf(int process) =>
        File.ReadAllText($"/proc/{process}/task/{process}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(id => int.Parse(id, CultureInfo.InvariantCulture));
}

using System.Diagnostics;
using System.Reflection;

namespace ProgressHub.Core.Execution;

/// <summary>What this process is.</summary>
internal static class ThisServer
{
    /// <summary>Its version, without the commit.</summary>
    public static string Version { get; } =
        typeof(ThisServer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    /// <summary>When it began.</summary>
    public static DateTimeOffset Started { get; } = Process.GetCurrentProcess().StartTime;
}

using System.ComponentModel.DataAnnotations;

namespace ProgressHub.AspNetCore.Security;

/// <summary>What one caller may use. Configuration section <c>Limits</c>.</summary>
public sealed class LimitOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Limits";

    /// <summary>The largest body of a request, in bytes: a text of 2 MB fits, however much of it JSON has to escape.</summary>
    [Range(1024, 1L << 40)]
    public long MaxBodyBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>How many jobs one owner may submit a minute, retries included; a minute's worth may come at once.</summary>
    [Range(1, 1_000_000)]
    public int SubmissionsPerMinute { get; set; } = 600;

    /// <summary>How many may watch one job at once.</summary>
    [Range(1, 1_000_000)]
    public int WatchersPerJob { get; set; } = 10_000;

    /// <summary>How many watchers one owner may have at once, on all jobs.</summary>
    [Range(1, 1_000_000)]
    public int WatchersPerOwner { get; set; } = 10_000;

    /// <summary>How many may watch at once, over all jobs, owners and transports.</summary>
    [Range(1, 10_000_000)]
    public int Watchers { get; set; } = 50_000;

    /// <summary>How many connections the server holds at once; one more is closed at once, before it has asked anything.</summary>
    [Range(16, 10_000_000)]
    public int Connections { get; set; } = 60_000;

    /// <summary>How many pages of the web UI may be live at once; one more is told 503, and shows itself without being live.</summary>
    [Range(1, 1_000_000)]
    public int LivePages { get; set; } = 1000;
}

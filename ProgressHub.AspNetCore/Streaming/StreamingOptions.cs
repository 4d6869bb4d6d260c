using System.ComponentModel.DataAnnotations;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>How streams behave. Configuration section <c>Streaming</c>.</summary>
public sealed class StreamingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Streaming";

    /// <summary>After how much silence a heartbeat goes out.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a watcher may leave its bytes untaken; then its stream ends, and it may resume.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan StallLimit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an EventSource waits before it connects again.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan Retry { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Whether streams over plain HTTP/1.1 on Linux leave the web server once they have begun, and are sent straight to
    /// their socket. Over TLS and HTTP/2 they never do.
    /// </summary>
    public bool HandOver { get; set; } = true;
}

using System.ComponentModel.DataAnnotations;

namespace ProgressHub.AspNetCore.Mcp;

/// <summary>What agents find at <c>/mcp</c>. Configuration section <c>Mcp</c>.</summary>
internal sealed class McpOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Mcp";

    /// <summary>Whether there is an <c>/mcp</c>.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// How long a call waits for the end of its job before it is answered with a task, where the client takes tasks; a job
    /// that is quicker is answered at once.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan TaskAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest text in one answer, in characters; a longer one ends with a line that says where it goes on.</summary>
    [Range(1_000, 10_000_000)]
    public int MaxTextCharacters { get; set; } = 50_000;

    /// <summary>The largest file or result that is sent as bytes, before they are written as base64.</summary>
    [Range(1_000, 100_000_000)]
    public int MaxBlobBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// How long a session of a client that begins with <c>initialize</c> (protocol 2025-11-25 and before) is kept without a
    /// request. Later protocols have no sessions.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan SessionIdleTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How many such sessions are kept at most without a request; the oldest go first.</summary>
    [Range(1, 100_000)]
    public int MaxIdleSessions { get; set; } = 1_000;
}

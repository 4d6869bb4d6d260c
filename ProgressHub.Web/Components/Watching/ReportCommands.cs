using System.Text.Encodings.Web;
using System.Text.Json;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Web.Components.Watching;

/// <summary>The commands with which a program reports, ready to paste into a POSIX shell.</summary>
internal static class ReportCommands
{
    /// <summary>What stands where a token would.</summary>
    public const string NoToken = "PASTE-THE-WRITE-TOKEN-HERE";

    public static string End =>
        """
        report complete '{"result": {"text": "All well.\n"}}'
        report fail '{"code": "no_input", "message": "There was nothing to do."}'
        """;

    /// <summary>The values, and a function for the rest.</summary>
    public static string Setup(string server, JobId job, string token) =>
        $$"""
        token={{Quote(token)}}
        report() { curl -fsS "{{server}}api/jobs/{{job}}/$1" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d "$2"; }
        """;

    /// <summary>A report of the job's progress.</summary>
    public static string Update(string? stage, long number = 1)
    {
        var named = stage is null ? "" : $"\"stage\": \"{JsonEncodedText.Encode(stage, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\", ";
        return "report updates " + Quote($$"""{"number": {{number}}, {{named}}"current": 3, "total": 20, "message": "Reading c.csv"}""");
    }

    /// <summary>The wrapper around any command.</summary>
    public static string Run(string server, string? title, string? heartbeat) =>
        $"examples/progresshub-run -u {Quote(server.TrimEnd('/'))}"
        + (string.IsNullOrWhiteSpace(title) ? "" : $" -t {Quote(title.Trim())}")
        + (heartbeat is null or "" or "60" || !heartbeat.All(char.IsAsciiDigit) ? "" : $" -b {heartbeat}")
        + " COMMAND";

    // One line, in quotes that nothing in it can end.
    private static string Quote(string text) =>
        $"'{text.ReplaceLineEndings(" ").Replace("'", "'\\''", StringComparison.Ordinal)}'";
}

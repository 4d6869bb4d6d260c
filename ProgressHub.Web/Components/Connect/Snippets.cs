namespace ProgressHub.Web.Components.Connect;

/// <summary>All ways to connect: each an entry here and a script of its name.</summary>
internal static class Snippets
{
    private const string Base = "{base}";

    public static IReadOnlyList<Snippet> All { get; } =
    [
        new("native", "JavaScript client", "SignalR, falling back to server-sent events and to polling; each event once and in order.",
            """
            curl -fsS {base}/api/jobs -H 'Content-Type: application/json' \
              -d '{"kind": "translation", "input": {"text": "The lamp is lit at dusk.", "targetLanguage": "es"}}'
            """),
        new("events", "Server-sent events", "No library at all: EventSource in a page, curl -N in a shell.",
            """
            curl -fsSN {base}/api/jobs/ID/events?after=0 -H 'Accept: text/event-stream'
            """),
        new("messages", "Translation with partial results", "POST /messages, then poll its status and the batches that are done.",
            """
            curl -X POST {base}/messages -H 'Content-Type: application/json' \
              -d '{"content": "The lamp is lit at dusk.", "target_language": "es"}'
            curl {base}/messages/ID
            curl {base}/messages/ID/partial
            """),
    ];

    /// <summary>A shell command for this server.</summary>
    public static string Curl(Snippet snippet, string address) => snippet.Curl.Replace(Base, address, StringComparison.Ordinal);

    /// <summary>The script for this server: what is run here, with its imports found from elsewhere too, and the call.</summary>
    public static string Script(string module, string address) =>
        $"{module.TrimEnd().Replace("from \"/", $"from \"{address}/", StringComparison.Ordinal)}\n\nawait run(\"{address}\", console.log);\n";
}

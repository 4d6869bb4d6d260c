using System.Text.RegularExpressions;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Dialects.Translation;

/// <summary>
/// What the document of the system that this dialect stands for prints, where that document is at hand beside the
/// repository; else the same in other words. Tests run either as it is.
/// </summary>
internal static partial class MessageDocument
{
    private const string Name = "1-translation-progress.md";
    private const string Host = "http://localhost:8000";
    private const string IdPlace = "{message_id}";

    private static readonly string? Text = Find();

    /// <summary>The status as it is printed.</summary>
    public static string Status => Block("1. Check Overall Status", "json") ??
        """{"success": true, "id": "m-1", "status": {"progress": 45.0, "status_type": "started", "message": "Completed batch 12/47 (45%)"}}""";

    /// <summary>The partial results as they are printed.</summary>
    public static string Partials => Block("2. Get Partial Results", "json") ??
        """
        {"success": true, "message_id": "m-1", "partial_results": {"0": "First.", "1": "Second.", "11": "Twelfth."},
         "completed_batches": 12, "total_batches": 47, "completion_percentage": 25, "status": "in_progress",
         "last_updated": 1705312200.0}
        """;

    /// <summary>The polling client; it takes what <c>fetch</c> gives it for the JSON.</summary>
    public static string PollingClient => Block("Frontend Polling Strategy", "javascript") ??
        """
        setInterval(async () => {
          const state = await fetch(`/messages/${messageId}`);
          updateProgressBar(state.progress);
        }, 2000);
        setInterval(async () => {
          const pieces = await fetch(`/messages/${messageId}/partial`);
          displayPartialResults(pieces.partial_results);
        }, 5000);
        """;

    /// <summary>The command that submits, for this server.</summary>
    public static string Submit(Uri server) => At(server, Block("Step 1: Submit Translation", "bash") ??
        $$"""
        curl -X POST {{Host}}/messages -H "Content-Type: application/json" \
          -d '{"content": "A large text.", "model_name": "claude-3-haiku-20240307", "api_key": "your-api-key"}'
        """);

    /// <summary>The commands that look, for this server.</summary>
    public static string Monitor(Uri server, string id) => At(server, Block("Step 2: Monitor Progress", "bash") ??
        $"""
        curl {Host}/messages/{IdPlace}
        curl {Host}/messages/{IdPlace}/partial
        """).Replace(IdPlace, id, StringComparison.Ordinal);

    private static string At(Uri server, string command) =>
        command.Replace(Host, server.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);

    private static string? Block(string heading, string language)
    {
        if (Text is null)
            return null;
        var start = Text.IndexOf(heading, StringComparison.Ordinal);
        Assert.True(start >= 0, $"{Name} has no '{heading}' any more.");
        var block = Fence().Matches(Text, start).First(m => m.Groups["language"].Value == language);
        return block.Groups["code"].Value;
    }

    private static string? Find()
    {
        for (var folder = Directory.GetParent(Repository.Root); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "shared", "seeds", Name);
            if (File.Exists(file))
                return File.ReadAllText(file);
        }

        return null;
    }

    [GeneratedRegex(@"```(?<language>\w+)\n(?<code>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Fence();
}

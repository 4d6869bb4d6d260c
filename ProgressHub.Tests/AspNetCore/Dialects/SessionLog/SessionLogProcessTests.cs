using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Dialects.SessionLog;

/// <summary>The session log of the real server, killed and started again, and in the clients of its document.</summary>
public sealed class SessionLogProcessTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string End = "Analysis results ready for display";

    // The document's own handler where it lies beside the repository; else the same of ours.
    private static readonly string Handler = Document() ?? """
        const eventSourceRef = useRef(null);
        eventSourceRef.current = new EventSource(progressUrl);
        eventSourceRef.current.onmessage = (event) => {
          setLogs(previous => [...previous, JSON.parse(event.data)]);
        };
        """;

    [Fact]
    public async Task After_a_crash_a_stream_goes_on_from_its_last_event_into_the_next_question()
    {
        await using var server = await ServerProcess.StartNewAsync();
        List<SessionMessage> all;
        await using (var stream = await EventStream.OpenAsync(server.Client, "/api/progress/chat"))
        {
            await AskAsync(server.Client, "How many rows?");
            all = await stream.UntilAsync(End);
        }

        await server.KillAsync();
        await server.StartAsync();
        await using var resumed = await EventStream.OpenAsync(server.Client, "/api/progress/chat", all[4].Id);
        var rest = await resumed.UntilAsync(End);
        await AskAsync(server.Client, "How many rows?");
        var next = await resumed.UntilAsync(End);

        Assert.Equal(all.Skip(5).Select(m => m.Line.ToString()), rest.Select(m => m.Line.ToString()));
        Assert.StartsWith("Processing question", next[0].Text, StringComparison.Ordinal);
        Assert.Contains(next, m => m.Text == "Found cached result - returning");
        server.AssertCalm();
    }

    [Fact]
    public async Task The_documents_handler_gathers_the_log_in_Node()
    {
        await using var server = await ServerProcess.StartNewAsync();
        var folder = Path.Combine(Repository.Root, "ProgressHub.Tests", "Clients");

        var said = await CommandRun.SucceedAsync(
            "node", ["--test", "session-log.test.mjs"], folder, 3 * Patience.Limit,
            ("PROGRESSHUB_URL", server.Address.GetLeftPart(UriPartial.Authority)), ("SESSION_HANDLER", Handler));

        Assert.Matches(@"(?m)^\S* ?pass [1-9]", said);
        Assert.Matches(@"(?m)^\S* ?fail 0$", said);
    }

    [ChromiumFact]
    public async Task A_page_of_another_origin_shows_icon_message_and_step_of_each_line_live()
    {
        var (app, origin) = await LoopbackApp.StartAsync(routes => routes.MapGet("/", () => Results.Content(Page, "text/html; charset=utf-8")));
        await using var _ = app;
        await using var server = await ServerProcess.StartNewAsync(("Dialects:AllowedOrigins:0", origin));
        await using var visit = await BrowserVisit.StartAsync(chromium.Browser, new Uri(origin));
        var page = await visit.OpenAsync($"/?api={server.Address.GetLeftPart(UriPartial.Authority)}");

        await page.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync(
            "HALO has the highest volatility", new LocatorAssertionsToContainTextOptions { Timeout = (float)Patience.Limit.TotalMilliseconds });
        var lines = page.GetByRole(AriaRole.Listitem);
        await Assertions.Expect(lines.Last).ToHaveTextAsync(
            $"✓ {End} (Step 5/5)", new LocatorAssertionsToHaveTextOptions { Timeout = (float)Patience.Limit.TotalMilliseconds });
        var shown = await lines.AllInnerTextsAsync();
        Assert.Equal("• Processing question: \"What stocks have highest volatility?\" (Step 1/5)", shown[0]);
        Assert.Contains("✓ Session created (Step 1/5)", shown);
        Assert.Contains("• Checking cache for similar analyses (Step 1/5)", shown);
        Assert.Contains("• Searching for contextual information (Step 2/5)", shown);
    }

    // What the document's front end is made of, on a port of its own: its hook, and its chat's lines.
    private static string Page => $$"""
        <!doctype html><meta charset="utf-8"><title>Chat</title>
        <button>Send</button><ul></ul><output></output>
        <script>
        const api = new URLSearchParams(location.search).get("api"), sid = "chat-" + crypto.randomUUID();
        const progressUrl = `${api}/api/progress/${sid}`;
        const useRef = current => ({ current });
        const icons = { success: "✓", error: "✕", warning: "⚠", info: "•" };
        let progressLogs = [];
        function setLogs(change) {
          progressLogs = change(progressLogs);
          document.querySelector("ul").replaceChildren(...progressLogs.map(log => {
            const line = document.createElement("li");
            line.textContent = `${icons[log.level]} ${log.message}${log.step ? ` (Step ${log.step}/${log.totalSteps})` : ""}`;
            return line;
          }));
        }
        document.querySelector("button").onclick = async () => {
          {{Handler}}
          const response = await fetch(`${api}/analyze`, {
            method: "POST", headers: { "Content-Type": "application/json" },
            body: JSON.stringify({ question: "What stocks have highest volatility?", session_id: sid }),
          });
          document.querySelector("output").textContent = (await response.json()).answer;
        };
        </script>
        """;

    private static async Task AskAsync(HttpClient client, string question)
    {
        using var response = await client.PostAsync("/analyze", WebServer.Json(new { question, session_id = "chat" }));
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode && JsonDocument.Parse(body).RootElement.GetProperty("success").GetBoolean(), body);
    }

    private static string? Document()
    {
        var path = new[] { "..", "../.." }.Select(up => Path.Combine(Repository.Root, up, "shared", "seeds", "5-session-log-streaming.md"))
            .FirstOrDefault(File.Exists);
        if (path is null)
            return null;
        var text = File.ReadAllText(path);
        var begin = text.IndexOf("\n```typescript", text.IndexOf("\n### Frontend Event Handling", StringComparison.Ordinal), StringComparison.Ordinal);
        begin = text.IndexOf('\n', begin + 1) + 1;

        // Without its types it is JavaScript.
        return text[begin..text.IndexOf("\n```", begin, StringComparison.Ordinal)].Replace("<EventSource | null>", "", StringComparison.Ordinal);
    }
}

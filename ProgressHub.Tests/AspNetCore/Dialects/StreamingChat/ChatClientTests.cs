using System.Text.Json;
using ProgressHub.Tests.Support;
using Xunit.Abstractions;
using static ProgressHub.Tests.AspNetCore.Dialects.StreamingChat.ChatServer;

namespace ProgressHub.Tests.AspNetCore.Dialects.StreamingChat;

/// <summary>
/// The documents' own code in Node and in a browser, as it stands; where the documents are not here, code of ours that does
/// the same.
/// </summary>
public sealed class ChatClientTests(Chromium chromium, ITestOutputHelper output) : IClassFixture<Chromium>
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(3.5);

    private static readonly string[] Documents = [ChatDocuments.Folder ?? "", ""];

    public static TheoryData<string> Sources => [.. Documents.Distinct()];

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task In_Node_their_handlers_and_hooks_run_to_the_end(string documents)
    {
        var folder = Path.Combine(Repository.Root, "ProgressHub.Tests", "Clients");
        await using var engine = await SlowEngine.StartAsync(Silence);
        await using var server = await ServerProcess.StartNewAsync(engine.Settings);

        var said = await CommandRun.SucceedAsync(
            "npm", ["run", "--silent", "test:chat"], folder, 5 * Patience.Limit,
            ("PROGRESSHUB_URL", server.Address.GetLeftPart(UriPartial.Authority)), ("CHAT_DOCUMENTS", documents));

        output.WriteLine(said);
        Assert.Matches(@"(?m)^\S* ?pass [1-9]", said);
        Assert.Matches(@"(?m)^\S* ?fail 0$", said);
        Assert.Matches(@"(?m)^\S* ?skipped 0$", said);
    }

    [Fact]
    public async Task In_a_browser_the_handlers_fill_the_page()
    {
        await using var engine = await SlowEngine.StartAsync(Silence);
        await using var server = await ServerProcess.StartNewAsync(engine.Settings);
        await using var visit = await BrowserVisit.StartAsync(chromium.Browser, server.Address);
        var page = await visit.OpenAsync();
        var (enhanced, streaming) = ((await server.Client.AskAsync(Question())).Text("task_id")!, (await server.Client.AskAsync(Question())).Text("task_id")!);

        var shown = await page.EvaluateAsync<JsonElement>(
            $$"""
            async () => {
              const calls = [], authToken = "a-token";
              const noted = (name) => (...args) => calls.push([name, ...args]);
              for (const id of ["progress-bar", "progress-text", "progress-message", "progress-log", "current-stage", "elapsed-time", "remaining-time"]) {
                const element = document.createElement("div");
                element.id = id;
                document.body.append(element);
              }
              const ended = (source) => new Promise((resolve) => source.addEventListener("error", () => source.readyState === EventSource.CLOSED && resolve()));
              {
                const [hideProgressBar, showResult, showSummary, showError, updateConnectionStatus] =
                  ["hideProgressBar", "showResult", "showSummary", "showError", "updateConnectionStatus"].map(noted);
                {{Handler(ChatDocuments.Enhanced, "### JavaScript EventSource\n", EnhancedHandler).Replace("task_123", enhanced, StringComparison.Ordinal)}}
                await ended(eventSource);
              }
              const text = document.getElementById("progress-text").textContent, log = document.getElementById("progress-log").children.length;
              {
                const [updateProgressBar, showProgressMessage] = ["updateProgressBar", "showProgressMessage"].map(noted);
                {{Handler(ChatDocuments.Streaming, "### JavaScript EventSource Handler\n", StreamingHandler).Replace("task_123", streaming, StringComparison.Ordinal)}}
                await ended(eventSource);
              }
              return { calls, text, log, stage: document.getElementById("current-stage").textContent, elapsed: document.getElementById("elapsed-time").textContent };
            }
            """);

        var calls = shown.GetProperty("calls").EnumerateArray().ToLookup(c => c[0].GetString(), c => c);
        Assert.Equal("100%", shown.Text("text"));
        Assert.True(shown.GetProperty("log").GetInt32() >= 10);
        Assert.Contains("面試會順利", Assert.Single(calls["showResult"])[1].GetString(), StringComparison.Ordinal);
        Assert.Single(calls["showSummary"]);
        Assert.Empty(calls["showError"]);
        Assert.Contains("LLM", shown.Text("stage"), StringComparison.Ordinal);
        Assert.Matches(@"\d\.\d", shown.Text("elapsed"));
        Assert.Equal(92, calls["updateProgressBar"].Last()[1].GetInt32());
        visit.AssertCalm();
    }

    private const string EnhancedHandler =
        """
        const eventSource = new EventSource("/api/v1/streaming-chat/sse/task_123?token=" + authToken);
        eventSource.onmessage = ({ data }) => {
          const told = JSON.parse(data);
          if (told.type === "enhanced_progress") {
            document.getElementById("progress-text").textContent = told.progress + "%";
            document.getElementById("progress-log").append(document.createElement("p"));
          } else if (told.type === "enhanced_complete") { showResult(told.result.response); showSummary(told.summary); }
        };
        """;

    private const string StreamingHandler =
        """
        const eventSource = new EventSource("/api/v1/streaming-chat/sse/task_123?token=" + authToken);
        eventSource.onmessage = ({ data }) => {
          const told = JSON.parse(data);
          if (told.type !== "streaming_progress") return;
          updateProgressBar(told.progress);
          document.getElementById("current-stage").textContent = told.stage;
          document.getElementById("elapsed-time").textContent = told.elapsed_seconds.toFixed(1);
        };
        """;

    private static string Handler(string document, string heading, string equivalent) =>
        ChatDocuments.Code(document, heading) ?? equivalent;
}

using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Dialects.Translation;

/// <summary>The clients that the document prints run unchanged: its commands, and its polling in Node and in a browser.</summary>
[Collection(MessageCollection.Name)]
public sealed partial class MessageClientTests(MessageStage stage) : IDisposable
{
    // What the document's code takes for given: a fetch that gives the JSON, and the page's own functions.
    private const string Surroundings =
        """
        const given = globalThis.fetch;
        globalThis.fetch = async (path) => (await given(new URL(path, BASE))).json();
        globalThis.updateProgressBar = (percent) => say(JSON.stringify({ percent }));
        globalThis.displayPartialResults = (pieces) => say(JSON.stringify({ batches: Object.keys(pieces) }));
        """;

    private readonly Channel<Seen> _seen = Channel.CreateUnbounded<Seen>();

    public void Dispose() => stage.Engine.LetAll();

    [Fact]
    public async Task The_commands_that_are_printed_run_as_they_stand()
    {
        await using var engine = await EngineServer.StartAsync();
        await using var server = await ServerProcess.StartNewAsync(("Inference:Anthropic:BaseUrl", engine.Anthropic));

        var id = IdIn(await RunAsync(server, MessageDocument.Submit(server.Address)));
        await server.Client.EndAsync(id);
        var said = await RunAsync(server, MessageDocument.Monitor(server.Address, id));

        Assert.Equal(("your-api-key", "claude-3-haiku-20240307"), (engine.Requests.Single().Key, engine.Requests.Single().Model));
        Assert.Contains("\"status_type\":\"completed\"", said, StringComparison.Ordinal);
        Assert.Contains("\"completion_percentage\":100", said, StringComparison.Ordinal);
        Assert.Contains("\"status\":\"completed\"", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_polling_that_is_printed_sees_every_step_in_Node()
    {
        stage.Engine.Hold();
        var id = await stage.SubmittedAsync();
        using var node = StartNode(id);
        var reading = ReadAsync(node);

        await SeeEveryStepAsync();

        node.Kill(entireProcessTree: true);
        await reading.Soon();
    }

    [ChromiumFact]
    public async Task The_polling_that_is_printed_sees_every_step_in_a_browser()
    {
        stage.Engine.Hold();
        var id = await stage.SubmittedAsync();
        var chromium = new Chromium();
        await chromium.InitializeAsync();
        try
        {
            await using var visit = await BrowserVisit.StartAsync(chromium.Browser, stage.Server.Address);
            var page = await visit.OpenAsync("/jobs");
            await page.ExposeFunctionAsync<string>("say", Note);
            await page.EvaluateAsync(
                $$"""
                () => {
                  const BASE = location.origin;
                  globalThis.messageId = "{{id}}";
                  {{Surroundings}}
                  {{MessageDocument.PollingClient}}
                }
                """);

            await SeeEveryStepAsync();

            visit.AssertCalm();
        }
        finally
        {
            await chromium.DisposeAsync();
        }
    }

    /// <summary>Lets a batch through whenever the client has shown the one before, and expects it to show them all.</summary>
    private async Task SeeEveryStepAsync()
    {
        var shown = 0.0;
        for (var batches = 0; batches < MessageStage.Batches; batches++)
        {
            await ShownAsync(seen => seen.Percent == MessageStage.Percent(batches));
            if (batches == 2)
                await ShownAsync(seen => seen.Batches is ["0", "1"]);
            stage.Engine.Let(1);
        }

        await ShownAsync(seen => seen.Percent == 100);
        await ShownAsync(seen => seen.Batches?.Length == MessageStage.Batches);

        async Task ShownAsync(Func<Seen, bool> wanted)
        {
            var begun = TimeProvider.System.GetTimestamp();
            var heard = new List<Seen>();
            while (true)
            {
                Assert.True(
                    TimeProvider.System.GetElapsedTime(begun) < Patience.Limit, $"Waited in vain; seen: {string.Join(", ", heard)}");
                var seen = await _seen.Reader.ReadAsync().Soon();
                heard.Add(seen);
                if (seen.Percent is { } percent)
                {
                    Assert.True(percent >= shown, $"From {shown} to {percent} %");
                    shown = percent;
                }

                if (wanted(seen))
                    return;
            }
        }
    }

    private void Note(string line)
    {
        var said = JsonDocument.Parse(line).RootElement;
        _seen.Writer.TryWrite(said.TryGetProperty("percent", out var percent)
            ? new Seen(percent.GetDouble(), null)
            : new Seen(null, [.. said.GetProperty("batches").EnumerateArray().Select(b => b.GetString()!)]));
    }

    private Process StartNode(string id)
    {
        var script =
            $$"""
            const BASE = "{{stage.Server.Address}}";
            globalThis.messageId = "{{id}}";
            const say = (line) => console.log(line);
            {{Surroundings}}
            {{MessageDocument.PollingClient}}
            """;
        return Process.Start(new ProcessStartInfo("node", ["--input-type=module", "--eval", script])
        {
            RedirectStandardOutput = true,
        })!;
    }

    private async Task ReadAsync(Process node)
    {
        while (await node.StandardOutput.ReadLineAsync() is { } line)
            Note(line);
    }

    private static Task<string> RunAsync(ServerProcess server, string command) =>
        CommandRun.SucceedAsync("bash", ["-c", $"set -e\n{command}"], server.DataDirectory, Patience.Limit);

    private static string IdIn(string said) => Id().Match(said) is { Success: true } match
        ? match.Groups["id"].Value
        : throw new InvalidOperationException($"There is no id in {said}");

    [GeneratedRegex("\"id\":\"(?<id>[0-9a-f]{32})\"")]
    private static partial Regex Id();

    private sealed record Seen(double? Percent, string[]? Batches)
    {
        public override string ToString() => Batches is null ? $"{Percent} %" : $"[{string.Join(' ', Batches)}]";
    }
}

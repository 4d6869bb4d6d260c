using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.EndToEnd;

/// <summary>Whoever watches a job sees the same, to the character, over whatever it is watched (invariants I1 and I7).</summary>
public sealed class TransportTests(Chromium chromium) : IClassFixture<Chromium>
{
    // Resolves once the server's 204 has closed it for good.
    private const string WatchWithEventSource =
        """
        ([path, types]) => new Promise((resolve) => {
          const events = [];
          const source = new EventSource(path);
          for (const type of types) source.addEventListener(type, (message) => events.push(message.data));
          source.onerror = () => { if (source.readyState === EventSource.CLOSED) resolve(events); };
        })
        """;

    private static readonly string[] Types =
        ["queued", "started", "stage", "progress", "log", "partial", "usage", "inputRequired", "inputReceived", "retrying", "canceling", "tags", "done"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_same_job_watched_over_all_transports_yields_the_same_events(bool live)
    {
        await using var server = await ServerProcess.StartNewAsync(("Translation:PseudoDelay", "00:00:01"), ("Streaming:Retry", "00:00:00.050"));
        var (client, address) = (server.Client, server.Address);
        await using var context = await chromium.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout((float)Patience.Limit.TotalMilliseconds);
        await page.GotoAsync(new Uri(address, "/js/progress-hub.js").ToString());

        // Before the job: it shows no job that has ended before it was opened.
        await using var all = await EventStream.OpenAsync(client, "/api/events");
        var id = await client.SubmitAsync(JobCalls.Pseudo(NastyText.Make(7, 200) + LongTexts.Prose(4000), 100), "Žluťoučký <b> \"kůň\" 日本語 😀");
        if (!live)
            await client.EndAsync(id);

        var path = $"/api/jobs/{id}/events";
        var watches = new Dictionary<string, Task<IReadOnlyList<SeenEvent>>>
        {
            ["server-sent events"] = StreamAsync(client, path + "?after=0"),
            ["all jobs on one stream"] = live ? AllJobsAsync(all, id) : StreamAsync(client, path + "?after=0"),
            ["hub, Watch"] = HubWatching.WatchAsync(address, id, 0),
            ["hub, Stream"] = HubWatching.StreamAsync(address, id, 0),
            ["long polling"] = PollAsync(client, id),
            ["EventSource in Chromium"] = InBrowserAsync(page, path + "?after=0"),
        };
        await Task.WhenAll(watches.Values).WaitAsync(2 * Patience.Limit);

        var log = await client.LogAsync(id);
        LogAssert.EndsWith("succeeded", log);
        Assert.True(log.Count > 50);
        foreach (var (name, watch) in watches)
        {
            var seen = await watch;
            Assert.True(seen.Count > 0, $"{name} saw nothing.");
            LogAssert.SawAll(log, seen, name == "all jobs on one stream" ? seen[0].Seq - 1 : 0);
        }

        server.AssertCalm();
    }

    private static async Task<IReadOnlyList<SeenEvent>> StreamAsync(HttpClient client, string path)
    {
        await using var stream = await EventStream.OpenAsync(client, path);
        return [.. (await stream.RestAsync()).Where(i => Types.Contains(i.EventType)).Select(i => new SeenEvent(i.Data))];
    }

    /// <summary>Watches everything until this job ends.</summary>
    private static async Task<IReadOnlyList<SeenEvent>> AllJobsAsync(EventStream stream, string id)
    {
        var seen = new List<SeenEvent>();
        while (seen is not [.., { IsDone: true }] && await stream.NextAsync() is { } item)
        {
            if (Types.Contains(item.EventType) && new SeenEvent(item.Data) is var one && one.JobId == id)
                seen.Add(one);
        }

        return seen;
    }

    /// <summary>Pages of the log, each as soon as the state says that there is more.</summary>
    private static async Task<IReadOnlyList<SeenEvent>> PollAsync(HttpClient client, string id)
    {
        var seen = new List<SeenEvent>();
        while (seen is not [.., { IsDone: true }])
        {
            var cursor = (seen.LastOrDefault()?.Seq ?? 0).ToString(CultureInfo.InvariantCulture);
            await client.JsonAsync($"/api/jobs/{id}?wait=20&after={cursor}");
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/jobs/{id}/events?limit=7&after={cursor}");
            request.Headers.Accept.ParseAdd("application/json");
            using var response = await client.SendAsync(request);
            using var page = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            seen.AddRange(page.RootElement.GetProperty("events").EnumerateArray().Select(e => new SeenEvent(e.GetRawText())));
        }

        return seen;
    }

    private static async Task<IReadOnlyList<SeenEvent>> InBrowserAsync(IPage page, string path)
    {
        var events = await page.EvaluateAsync<string[]>(WatchWithEventSource, new object[] { path, Types });
        return [.. events.Select(e => new SeenEvent(e))];
    }
}

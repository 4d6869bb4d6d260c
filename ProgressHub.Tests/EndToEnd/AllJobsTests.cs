using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR.Client;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.EndToEnd;

/// <summary>Watching all jobs at once across a restart: no end is missed and none is shown twice (invariants I1 and I3).</summary>
public sealed class AllJobsTests
{
    private static readonly (string, string)[] Settings =
        [("Translation:PseudoDelay", "00:00:00"), ("Execution:ShutdownGrace", "00:00:01")];

    [Fact]
    public async Task A_stream_whose_position_is_lost_shows_the_end_of_every_job_that_ended_meanwhile_and_of_no_other()
    {
        await using var server = await ServerProcess.StartNewAsync(Settings);
        var client = server.Client;
        string cursor;
        var seen = await EndAsync(client);
        await using (var stream = await EventStream.OpenAsync(client, "/api/events"))
        {
            seen = await client.SubmitAsync(StreamServer.Lively());
            cursor = (await UntilAsync(stream, item => IsEndOf(item, seen)))[^1].EventId!;
        }

        string[] missed = [await EndAsync(client), await EndAsync(client)];
        await server.StopAsync();
        await server.StartAsync();
        missed = [.. missed, await EndAsync(client)];

        List<SseItem<string>> items;
        await using (var resumed = await EventStream.OpenAsync(client, "/api/events", cursor))
        {
            var last = await client.SubmitAsync(StreamServer.Lively());
            items = await UntilAsync(resumed, item => IsEndOf(item, last));
            Assert.Equal([.. missed, last], EndsIn(items));
            foreach (var id in missed)
            {
                Assert.Equal(["snapshot", "done"], items.Where(i => JobOf(i) == id).Select(i => i.EventType));
                Assert.Contains((await client.LogAsync(id))[^1].Json, items.Select(i => i.Data));
            }
        }

        // Cut off in the middle of catching up, it goes on right there.
        await using var again = await EventStream.OpenAsync(client, "/api/events", items.First(i => IsEndOf(i, missed[0])).EventId);
        Assert.Equal(missed[1..], EndsIn(await UntilAsync(again, item => IsEndOf(item, missed[^1]))));
        server.AssertCalm();
    }

    [Fact]
    public async Task A_hub_connection_that_comes_back_is_told_of_the_end_of_every_job_that_ended_meanwhile()
    {
        await using var server = await ServerProcess.StartNewAsync(Settings);
        var client = server.Client;
        await EndAsync(client);
        var cursors = Channel.CreateUnbounded<string>();
        string cursor;
        await using (var hub = HubClient.ConnectionTo(server.Address))
        {
            hub.On<string>("cursor", next => cursors.Writer.TryWrite(next));
            await hub.StartAsync().Soon();
            Assert.Empty(Ids(await WatchMineAsync(hub, null), "jobs"));
            await EndAsync(client);
            cursor = await cursors.Reader.ReadAsync().AsTask().Soon();
        }

        string[] missed = [await EndAsync(client)];
        await server.StopAsync();
        await server.StartAsync();
        missed = [.. missed, await EndAsync(client)];

        await using var back = HubClient.ConnectionTo(server.Address);
        await back.StartAsync().Soon();
        var answer = await WatchMineAsync(back, cursor);

        Assert.Equal(missed, Ids(answer, "jobs"));
        Assert.Equal(missed, Ids(answer, "events"));
        Assert.All(answer.GetProperty("events").EnumerateArray(), e => Assert.Equal("done", e.Text("type")));
        Assert.False(answer.GetProperty("more").GetBoolean());
        Assert.Empty(Ids(await WatchMineAsync(back, answer.Text("cursor")), "events"));
        server.AssertCalm();
    }

    private static Task<JsonElement> WatchMineAsync(HubConnection hub, string? after) =>
        hub.InvokeAsync<JsonElement>("WatchMine", after).Soon();

    private static IEnumerable<string> Ids(JsonElement answer, string property) =>
        answer.GetProperty(property).EnumerateArray().Select(item => item.Text("jobId")!);

    private static async Task<string> EndAsync(HttpClient client)
    {
        var id = await client.SubmitAsync(StreamServer.Lively());
        await client.EndAsync(id);
        return id;
    }

    private static async Task<List<SseItem<string>>> UntilAsync(EventStream stream, Func<SseItem<string>, bool> last)
    {
        var items = new List<SseItem<string>>();
        while (items.Count == 0 || !last(items[^1]))
            items.Add(await stream.NextAsync() ?? throw new InvalidOperationException("The stream ended."));
        return items;
    }

    private static IEnumerable<string> EndsIn(IEnumerable<SseItem<string>> items) =>
        items.Where(i => i.EventType == "done").Select(i => JobOf(i)!);

    private static bool IsEndOf(SseItem<string> item, string id) => item.EventType == "done" && JobOf(item) == id;

    private static string? JobOf(SseItem<string> item) =>
        item.EventType == "heartbeat" ? null : JsonDocument.Parse(item.Data).RootElement.Text("jobId");
}

using System.Globalization;
using System.Net;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.EndToEnd;

/// <summary>The rules of server-sent events, over the wire of the real server: of streams that leave it, and that stay.</summary>
public abstract class StreamTests(StreamServer server)
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    private HttpClient Client => server.Client;

    [Fact]
    public async Task A_server_that_is_the_only_one_loads_nothing_of_several_nodes()
    {
        await server.FinishAsync();

        var loaded = await File.ReadAllTextAsync($"/proc/{server.Process.ProcessId}/maps");

        Assert.Contains("ProgressHub.Core.dll", loaded, StringComparison.Ordinal);
        Assert.DoesNotContain("Orleans", loaded, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_and_a_snapshot_with_its_cursor_come_at_once_though_the_job_is_silent()
    {
        var id = await server.BeginQuietAsync();

        await using var stream = await EventStream.OpenAsync(Client, Events(id));
        var first = (await stream.NextAsync())!.Value;

        var headers = stream.Response.Headers;
        Assert.Equal("text/event-stream", stream.Response.Content.Headers.ContentType?.MediaType);
        Assert.True(headers.CacheControl is { NoStore: true, NoTransform: true });
        Assert.Equal("no", headers.GetValues("X-Accel-Buffering").Single());
        Assert.Equal("snapshot", first.EventType);
        Assert.Equal(Retry, first.ReconnectionInterval);
        var snapshot = JsonDocument.Parse(first.Data).RootElement;
        Assert.Equal(first.EventId, snapshot.GetProperty("seq").GetInt64().ToString(CultureInfo.InvariantCulture));
        Assert.Equal("running", snapshot.Text("state"));
    }

    [Fact]
    public async Task Every_frame_is_an_event_an_id_and_one_line_of_data()
    {
        var id = await server.FinishAsync();
        var log = await Client.LogAsync(id);

        using var response = await EventStream.AskAsync(Client, Events(id, "?after=0"));
        var text = await response.Content.ReadAsStringAsync();

        var frames = text.Split("\n\n");
        Assert.StartsWith("event: snapshot\nid: 0\nretry: 2000\ndata: {\"jobId\":", frames[0], StringComparison.Ordinal);
        Assert.Equal(log.Select(e => $"event: {e.Type}\nid: {e.Seq}\ndata: {e.Json}"), frames[1..^1]);
        Assert.Equal("", frames[^1]);
        LogAssert.EndsWith("succeeded", log);
    }

    [Theory]
    [InlineData("3", null, 3)]
    [InlineData(null, "3", 3)]
    [InlineData("5", "2", 5)]
    [InlineData("0", "4", 0)]
    [InlineData("rubbish", "4", 4)]
    [InlineData("4,5", "2", 2)]
    public async Task A_stream_resumes_after_the_cursor_and_the_header_wins_over_the_query(string? header, string? query, long after)
    {
        var id = await server.FinishAsync();

        await using var stream = await EventStream.OpenAsync(Client, Events(id, query is null ? "" : $"?after={query}"), header);
        var items = await stream.RestAsync();

        Assert.Equal($"{after}", items[0].EventId);
        LogAssert.SawAll(await Client.LogAsync(id), Seen(items), after);
    }

    [Theory]
    [InlineData("rubbish")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999999")]
    [InlineData("1000000")]
    public async Task A_cursor_that_cant_be_read_or_was_never_reached_is_ignored(string cursor)
    {
        var id = await server.BeginQuietAsync();

        await using var byHeader = await EventStream.OpenAsync(Client, Events(id), cursor);
        await using var byQuery = await EventStream.OpenAsync(Client, Events(id, $"?after={cursor}"));

        var last = (await Client.LogAsync(id))[^1].Seq;
        Assert.Equal($"{last}", (await byHeader.NextAsync())!.Value.EventId);
        Assert.Equal($"{last}", (await byQuery.NextAsync())!.Value.EventId);
    }

    [Fact]
    public async Task A_watcher_from_the_beginning_sees_a_live_job_whole_and_its_stream_ends_after_done()
    {
        var id = await Client.SubmitAsync(StreamServer.Lively());

        await using var stream = await EventStream.OpenAsync(Client, Events(id, "?after=0"));
        var items = await stream.RestAsync();

        var log = await Client.LogAsync(id);
        LogAssert.EndsWith("succeeded", log);
        LogAssert.SawAll(log, Seen(items));
    }

    [Fact]
    public async Task In_silence_heartbeats_come_that_dont_move_the_cursor()
    {
        var id = await server.BeginQuietAsync();

        await using var stream = await EventStream.OpenAsync(Client, Events(id));
        var items = new List<(string Type, string? Id)>();
        while (items.Count < 4 && await stream.NextAsync() is { } item)
            items.Add((item.EventType, item.EventId));

        Assert.Equal("snapshot", items[0].Type);
        Assert.All(items[1..], item => Assert.Equal(("heartbeat", null), item));
    }

    [Fact]
    public async Task A_reconnect_with_nothing_left_to_say_is_answered_204()
    {
        var id = await server.FinishAsync();
        var last = (await Client.LogAsync(id))[^1].Seq;

        using var response = await EventStream.AskAsync(Client, Events(id), $"{last}");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_job_that_never_was_is_404_and_one_that_was_deleted_410()
    {
        var id = await server.FinishAsync();
        using (var deletion = await Client.DeleteAsync($"/api/jobs/{id}"))
            Assert.Equal(HttpStatusCode.NoContent, deletion.StatusCode);

        using var gone = await EventStream.AskAsync(Client, Events(id), "3");
        using var unknown = await EventStream.AskAsync(Client, Events(new string('0', 32)));

        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal("application/problem+json", unknown.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_stream_is_never_compressed_whatever_the_client_can_take()
    {
        var id = await server.FinishAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, Events(id, "?after=0"));
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, br, deflate, zstd");

        using var response = await Client.SendAsync(request);

        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.StartsWith("event: snapshot\n", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Line_ends_in_a_title_or_a_text_cant_break_a_frame()
    {
        const string Evil = "\r\n\r\nevent: done\r\nid: 999\r\ndata: {}\r\r\n\n\u2028\u0085x\u0000";
        var id = await Client.SubmitAsync(
            JobCalls.Pseudo($"Before.\r\n\r\ndata: evil\r\revent: done\n\nid: 7\n\n{Evil}"), $"A title{Evil}", tags: ["a\r\nb"]);
        await Client.EndAsync(id);

        using var response = await EventStream.AskAsync(Client, Events(id, "?after=0"));
        var text = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync());
        var log = await Client.LogAsync(id);

        Assert.DoesNotContain('\r', text);
        Assert.Equal(log.Select(e => $"event: {e.Type}\nid: {e.Seq}\ndata: {e.Json}"), text.Split("\n\n")[1..^1]);
        Assert.Contains(log, e => e.Type == "partial" && e["text"].GetString()!.Contains('\r', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3L)]
    public async Task Of_a_job_that_has_ended_no_time_goes_by_however_late_it_is_watched(long? after)
    {
        var id = await server.FinishAsync();
        var log = await Client.LogAsync(id);

        await using var stream = await EventStream.OpenAsync(Client, Events(id, after is null ? "" : $"?after={after}"));
        var ofStream = JsonDocument.Parse((await stream.NextAsync())!.Value.Data).RootElement;
        await using var hub = HubClient.ConnectionTo(server.Process.Address);
        await hub.StartAsync().Soon();
        var ofHub = (await hub.InvokeAsync<JsonElement>("Watch", id, after).Soon()).GetProperty("snapshot");

        Assert.All([ofStream, ofHub], snapshot =>
        {
            var elapsed = log.Single(e => e.Seq == snapshot.GetProperty("seq").GetInt64())["elapsedMs"].GetInt64();
            Assert.Equal(elapsed, snapshot.GetProperty("elapsedMs").GetInt64());
            Assert.All(snapshot.GetProperty("stages").EnumerateArray(), stage =>
                Assert.True(!stage.TryGetProperty("ms", out var ms) || ms.GetInt64() <= elapsed));
        });
    }

    [Fact]
    public async Task The_stream_of_all_jobs_begins_with_their_states_shows_new_ones_and_resumes_where_it_was_cut()
    {
        var running = await server.BeginQuietAsync();
        await using var stream = await EventStream.OpenAsync(Client, "/api/events");
        var opening = await NextAsync(stream, i => i.Data.Contains(running, StringComparison.Ordinal));
        Assert.Equal("snapshot", opening.EventType);

        var id = await Client.SubmitAsync(StreamServer.Lively());
        var first = await NextAsync(stream, IsOf);
        Assert.Equal(1, new SeenEvent(first.Data).Seq);
        var cut = await NextAsync(stream, IsOf);
        await stream.DisposeAsync();
        await Client.EndAsync(id);

        await using var resumed = await EventStream.OpenAsync(Client, "/api/events", cut.EventId);
        List<SeenEvent> seen = [new(first.Data), new(cut.Data)];
        while (!seen[^1].IsDone)
            seen.Add(new SeenEvent((await NextAsync(resumed, IsOf)).Data));
        LogAssert.SawAll(await Client.LogAsync(id), seen);

        bool IsOf(SseItem<string> item) =>
            item.EventType != "snapshot" && item.Data.Contains(id, StringComparison.Ordinal);
    }

    private static async Task<SseItem<string>> NextAsync(
        EventStream stream, Func<SseItem<string>, bool> wanted)
    {
        while (await stream.NextAsync() is { } item)
        {
            if (wanted(item))
                return item;
        }

        throw new InvalidOperationException("The stream ended.");
    }

    private static string Events(string id, string query = "") => $"/api/jobs/{id}/events{query}";

    private static IReadOnlyList<SeenEvent> Seen(IEnumerable<SseItem<string>> items) =>
        [.. items.Where(i => i.EventType is not ("snapshot" or "heartbeat")).Select(i => new SeenEvent(i.Data))];
}

/// <summary>The same of streams that leave the web server.</summary>
public sealed class HandedOverStreamTests(StreamServer server) : StreamTests(server), IClassFixture<StreamServer>;

/// <summary>The same of streams that it sends to their end, as it does over TLS and HTTP/2.</summary>
public sealed class ServedStreamTests(ServedStreamServer server) : StreamTests(server), IClassFixture<ServedStreamServer>;

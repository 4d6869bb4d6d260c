using System.Globalization;
using System.Net;
using System.Text.Json;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.DurableStreams;

/// <summary>A job's log by the read side of Durable Streams, sections 5.4 to 5.7 of its protocol, over a real port.</summary>
public sealed class DurableReadTests(WebServer server) : IClassFixture<WebServer>
{
    private const string Next = "Stream-Next-Offset";
    private const string UpToDate = "Stream-Up-To-Date";
    private const string Closed = "Stream-Closed";
    private const string Cursor = "Stream-Cursor";

    [Theory]
    [InlineData("")]
    [InlineData("?offset=-1")]
    public async Task The_whole_log_of_an_ended_job_is_an_array_of_its_events_and_closed(string query)
    {
        var id = (await server.RunAsync()).Id();

        using var response = await GetAsync($"/api/jobs/{id}/events/stream{query}");

        var log = await server.Client.LogAsync(id);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(log, await EventsAsync(response));
        Assert.Equal(("true", "true"), (Header(response, UpToDate), Header(response, Closed)));
        Assert.True(response.Headers.CacheControl is { Private: true, NoCache: true });

        using var rest = await GetAsync($"/api/jobs/{id}/events/stream?offset={Header(response, Next)}");
        Assert.Equal("[]", await rest.Content.ReadAsStringAsync());
        Assert.Equal(Header(response, Next), Header(rest, Next));
        Assert.Equal("true", Header(rest, Closed));
    }

    [Fact]
    public async Task The_lines_of_the_log_are_a_stream_of_text()
    {
        var (id, script) = await BeginAsync("lines");
        await script.DoAsync(async c => await c.LogAsync(JobLogLevel.Info, "first"));
        await script.DoAsync(async c => await c.LogAsync(JobLogLevel.Error, "žluťoučký kůň\u2028日本語"));

        using var soFar = await GetAsync($"/api/jobs/{id}/log/stream");
        script.End(new WorkloadOutcome(null));
        await server.EndAsync(id);
        using var rest = await GetAsync($"/api/jobs/{id}/log/stream?offset={Header(soFar, Next)}");

        Assert.Equal("text/plain; charset=utf-8", soFar.Content.Headers.ContentType?.ToString());
        Assert.Equal("first\nžluťoučký kůň\n日本語\n", await soFar.Content.ReadAsStringAsync());
        Assert.Equal(("true", null), (Header(soFar, UpToDate), Header(soFar, Closed)));
        Assert.Equal("", await rest.Content.ReadAsStringAsync());
        Assert.Equal("true", Header(rest, Closed));
    }

    [Fact]
    public async Task A_long_log_comes_in_answers_of_a_bounded_size_that_join_without_a_gap()
    {
        var (id, script) = await BeginAsync("long");
        await script.DoAsync(async c =>
        {
            for (var i = 0; i < 40; i++)
                await c.PartialAsync(new PartialResult(i, 40) { Text = new string('x', 60_000) });
        });
        script.End(new WorkloadOutcome(null));
        await server.EndAsync(id);
        var seen = new List<SeenEvent>();
        var offsets = new List<string> { "-1" };

        for (var isClosed = false; !isClosed;)
        {
            using var response = await GetAsync($"/api/jobs/{id}/events/stream?offset={offsets[^1]}");
            isClosed = Header(response, Closed) is not null;
            Assert.Equal(isClosed, Header(response, UpToDate) is not null);
            Assert.InRange(response.Content.Headers.ContentLength ?? 0, 1, 1_300_000);
            seen.AddRange(await EventsAsync(response));
            offsets.Add(Header(response, Next)!);
        }

        Assert.Equal(await server.Client.LogAsync(id), seen);
        Assert.True(offsets.Count > 3);
        Assert.Equal(offsets[1..].Order(StringComparer.Ordinal), offsets[1..]);
    }

    [Fact]
    public async Task The_present_end_is_empty_and_what_comes_after_it_follows()
    {
        var (id, script) = await BeginAsync("now");
        using var tail = await GetAsync($"/api/jobs/{id}/events/stream?offset=now");
        await script.DoAsync(async c => await c.LogAsync(JobLogLevel.Info, "news"));

        using var news = await GetAsync($"/api/jobs/{id}/events/stream?offset={Header(tail, Next)}");

        Assert.Equal("[]", await tail.Content.ReadAsStringAsync());
        Assert.Equal(("true", null), (Header(tail, UpToDate), tail.Headers.ETag));
        Assert.True(tail.Headers.CacheControl is { NoStore: true });
        Assert.Equal(["log"], (await EventsAsync(news)).Select(e => e.Type));
        script.End(new WorkloadOutcome(null));
    }

    [Fact]
    public async Task What_a_client_has_already_is_304_until_there_is_more()
    {
        var (id, script) = await BeginAsync("etag");
        var path = $"/api/jobs/{id}/events/stream?offset=-1";
        using var first = await GetAsync(path);

        using var same = await GetAsync(path, first.Headers.ETag!.ToString());
        await script.DoAsync(async c => await c.LogAsync(JobLogLevel.Info, "news"));
        using var more = await GetAsync(path, first.Headers.ETag!.ToString());

        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Equal(Header(first, Next), Header(same, Next));
        Assert.Equal(HttpStatusCode.OK, more.StatusCode);
        script.End(new WorkloadOutcome(null));
    }

    [Fact]
    public async Task The_head_says_where_the_end_is_and_whether_it_is_closed()
    {
        var (id, script) = await BeginAsync("head");
        using var open = await HeadAsync($"/api/jobs/{id}/log/stream");
        using var streaming = await HeadAsync($"/api/jobs/{id}/events/stream?offset=-1&live=sse");
        script.End(new WorkloadOutcome(null));
        var last = (await server.EndAsync(id)).GetProperty("seq").GetInt64();
        using var closed = await HeadAsync($"/api/jobs/{id}/log/stream");

        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        Assert.Equal("text/plain; charset=utf-8", open.Content.Headers.ContentType?.ToString());
        Assert.Equal("application/json", streaming.Content.Headers.ContentType?.ToString());
        Assert.True(open.Headers.CacheControl is { NoStore: true });
        Assert.Null(Header(open, Closed));
        Assert.Equal("true", Header(closed, Closed));
        Assert.EndsWith(last.ToString(CultureInfo.InvariantCulture), Header(closed, Next), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_poll_of_the_log_waits_for_a_line_and_other_events_do_not_end_it()
    {
        var (id, script) = await BeginAsync("poll");
        using var tail = await HeadAsync($"/api/jobs/{id}/log/stream");

        var poll = GetAsync($"/api/jobs/{id}/log/stream?offset={Header(tail, Next)}&live=long-poll");
        await script.DoAsync(async c => await c.PartialAsync(new PartialResult(0, 1) { Text = "a piece" }));
        await script.DoAsync(async c => await c.LogAsync(JobLogLevel.Info, "a line"));
        using var response = await poll;

        Assert.Equal("a line\n", await response.Content.ReadAsStringAsync());
        Assert.Equal(("true", null), (Header(response, UpToDate), Header(response, Closed)));
        Assert.Matches("^[0-9]+$", Header(response, Cursor));
        script.End(new WorkloadOutcome(null));
    }

    [Fact]
    public async Task A_long_poll_without_news_is_204_with_the_place_and_a_cursor_above_the_one_sent()
    {
        var (id, script) = await BeginAsync("quiet");

        using var response = await GetAsync($"/api/jobs/{id}/events/stream?offset=now&live=long-poll&timeout=1");
        var sent = long.Parse(Header(response, Cursor)!, CultureInfo.InvariantCulture);
        using var again = await GetAsync(
            $"/api/jobs/{id}/events/stream?offset={Header(response, Next)}&live=long-poll&timeout=1&cursor={sent}");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(("true", null), (Header(response, UpToDate), Header(response, Closed)));
        Assert.True(long.Parse(Header(again, Cursor)!, CultureInfo.InvariantCulture) > sent);
        script.End(new WorkloadOutcome(null));
    }

    [Fact]
    public async Task A_long_poll_at_the_end_of_a_closed_stream_is_answered_at_once()
    {
        var id = (await server.RunAsync()).Id();
        using var head = await HeadAsync($"/api/jobs/{id}/log/stream");

        using var response = await GetAsync($"/api/jobs/{id}/log/stream?offset={Header(head, Next)}&live=long-poll&timeout=60");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(("true", "true"), (Header(response, UpToDate), Header(response, Closed)));
    }

    [Fact]
    public async Task A_long_poll_that_waits_is_answered_when_the_job_ends()
    {
        var (id, script) = await BeginAsync("ending");

        var poll = GetAsync($"/api/jobs/{id}/log/stream?offset=now&live=long-poll&timeout=60");
        script.End(new WorkloadOutcome(null));
        using var response = await poll;

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal("true", Header(response, Closed));
    }

    [Fact]
    public async Task Server_sent_events_are_data_and_control_to_the_closed_end()
    {
        var (id, script) = await BeginAsync("sse");
        await script.DoAsync(async c => await c.LogAsync(JobLogLevel.Info, "before"));
        await using var stream = await EventStream.OpenAsync(server.Client, $"/api/jobs/{id}/log/stream?offset=-1&live=sse");
        var seen = new List<(string Type, string Data)>();
        while (seen is not [.., ("control", var data)] || !data.Contains("upToDate", StringComparison.Ordinal))
            seen.Add(await NextAsync(stream));
        await script.DoAsync(async c => await c.LogAsync(JobLogLevel.Info, "two\nlines in one"));
        script.End(new WorkloadOutcome(null));

        while (await stream.NextAsync() is { } item)
            seen.Add((item.EventType, item.Data));

        Assert.Equal("text/event-stream", stream.Response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("before\ntwo\nlines in one\n", string.Concat(seen.Where(s => s.Type == "data").Select(s => s.Data)));
        Assert.All(seen.Index().Where(s => s.Item.Type == "data"), s => Assert.Equal("control", seen[s.Index + 1].Type));
        var controls = seen.Where(s => s.Type == "control").Select(s => JsonDocument.Parse(s.Data).RootElement).ToList();
        Assert.Equal(controls.Select(c => c.Text("streamNextOffset")).Order(StringComparer.Ordinal), controls.Select(c => c.Text("streamNextOffset")));
        Assert.All(controls[..^1], c => Assert.Matches("^[0-9]+$", c.Text("streamCursor")));
        Assert.True(controls[^1].GetProperty("streamClosed").GetBoolean());
        using var head = await HeadAsync($"/api/jobs/{id}/log/stream");
        Assert.Equal(Header(head, Next), controls[^1].Text("streamNextOffset"));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("now")]
    public async Task Server_sent_events_of_a_closed_stream_end_at_once_with_every_event_that_was_asked_for(string offset)
    {
        var id = (await server.RunAsync()).Id();

        await using var stream = await EventStream.OpenAsync(server.Client, $"/api/jobs/{id}/events/stream?offset={offset}&live=sse");
        var items = await stream.RestAsync();

        var log = await server.Client.LogAsync(id);
        Assert.Equal(
            offset == "now" ? [] : log,
            items.Where(i => i.EventType == "data").SelectMany(i => JsonDocument.Parse(i.Data).RootElement.EnumerateArray()).Select(e => new SeenEvent(e.GetRawText())));
        Assert.Contains("\"streamClosed\":true", items[^1].Data, StringComparison.Ordinal);
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.Single() : null;

    private static async Task<IReadOnlyList<SeenEvent>> EventsAsync(HttpResponseMessage response) =>
        [.. JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.EnumerateArray().Select(e => new SeenEvent(e.GetRawText()))];

    private static async Task<(string Type, string Data)> NextAsync(EventStream stream)
    {
        var item = await stream.NextAsync() ?? throw new InvalidOperationException("The stream has ended.");
        return (item.EventType, item.Data);
    }

    private async Task<(string Id, Script Script)> BeginAsync(string run)
    {
        run = $"durable {run}";
        var id = (await server.SubmitAsync(run: run)).Id();
        await server.Workload[run].Begun;
        return (id, server.Workload[run]);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (known is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        return await server.Client.SendAsync(request);
    }

    private Task<HttpResponseMessage> HeadAsync(string path) => server.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
}

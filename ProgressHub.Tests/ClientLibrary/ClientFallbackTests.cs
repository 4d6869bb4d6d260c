using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ProgressHub.Client;
using ProgressHub.Client.Jobs;
using ProgressHub.Client.Watching;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.ClientLibrary;

/// <summary>A network that lets only some of it through, or cuts it; a stand-in for the server.</summary>
public sealed class ClientFallbackTests
{
    private const string JobId = "5f0c0123456789abcdef0123456789ab";

    [Fact]
    public async Task What_does_not_work_makes_way_for_the_next_and_the_program_is_told_why()
    {
        // No hub, and a proxy that answers a stream with a page of its own.
        var (app, address) = await LoopbackApp.StartAsync(app =>
        {
            app.MapGet("/api/jobs/{id}", static () => Json(Snapshot(3, "succeeded")));
            app.MapGet("/api/jobs/{id}/events", static (HttpRequest request) => request.Headers.Accept == "text/event-stream"
                ? Results.Content("<html>proxy</html>", "text/html")
                : Json($$"""{"events":[{{Event(3, "done", "\"state\":\"succeeded\"")}}],"next":null}"""));
        });
        await using var server = app;
        using var hub = new ProgressHubClient(new Uri(address));
        List<WatchConnection> connections = [];

        var seen = await hub.WatchAsync(JobId, new WatchOptions { OnConnection = connections.Add }).ToListAsync().Soon();

        Assert.Equal(JobState.Succeeded, seen[^1].Snapshot.State);
        Assert.Equal(["hub_failed", "hub_failed", "not_a_stream", "not_a_stream"], connections.Select(c => c.Error?.Code).Where(c => c is not null));
        Assert.Equal((true, WatchTransport.Polling), (connections[^1].IsOpen, connections[^1].Transport));
    }

    [Fact]
    public async Task A_stream_that_is_cut_goes_on_after_the_last_event_and_what_comes_twice_is_seen_once()
    {
        List<string> asked = [];
        var (app, address) = await LoopbackApp.StartAsync(app => app.MapGet("/api/jobs/{id}/events", (HttpRequest request) =>
        {
            asked.Add(request.QueryString.Value!);
            var from = asked.Count == 1 ? 1 : 3;
            return Results.Content(
                $"event: snapshot\nid: 1\nretry: 20\ndata: {Snapshot(1, "running")}\n\n"
                + string.Concat(Enumerable.Range(2, from).Select(seq => $"event: log\nid: {seq}\ndata: {Event(seq, "log", "\"message\":\"m\"")}\n\n"))
                + (from == 1 ? "" : $"event: done\nid: 5\ndata: {Event(5, "done", "\"state\":\"failed\"")}\n\n"),
                "text/event-stream");
        }));
        await using var server = app;
        using var hub = new ProgressHubClient(new Uri(address));

        var seen = await hub.WatchAsync(JobId, new WatchOptions { After = 1, Transports = [WatchTransport.ServerSentEvents] }).ToListAsync().Soon();

        Assert.Equal([2, 3, 4, 5], seen.Skip(1).Select(update => update.Event!.Seq));
        Assert.Equal(["?after=1", "?after=2"], asked);
    }

    [Theory]
    [InlineData("{\"jobId\":"), InlineData("null"), InlineData("[]"), InlineData("{\"seq\":2}")]
    public async Task A_stream_of_nonsense_is_no_crash_and_is_told(string nonsense)
    {
        var (app, address) = await LoopbackApp.StartAsync(app => app.MapGet(
            "/api/jobs/{id}/events", () => Results.Content($"event: log\ndata: {nonsense}\n\n", "text/event-stream")));
        await using var server = app;
        using var hub = new ProgressHubClient(new Uri(address));
        using var stop = new CancellationTokenSource();
        var told = new TaskCompletionSource<ProgressHubException>();
        var options = new WatchOptions
        {
            Transports = [WatchTransport.ServerSentEvents],
            OnConnection = c =>
            {
                if (c.Error is { } error && told.TrySetResult(error))
                    stop.Cancel();
            },
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await hub.WatchAsync(JobId, options, stop.Token).ToListAsync().Soon());

        Assert.Equal("invalid_answer", (await told.Task).Code);
    }

    [Theory]
    [InlineData("<html>Bad gateway</html>", "text/html", "http_502"), InlineData("""{"code":"storage_full"}""", "application/problem+json", "storage_full")]
    public async Task An_error_of_whoever_answers_has_a_code(string body, string type, string code)
    {
        var (app, address) = await LoopbackApp.StartAsync(app => app.MapGet(
            "/api/jobs/{id}", () => Results.Content(body, type, statusCode: StatusCodes.Status502BadGateway)));
        await using var server = app;
        using var hub = new ProgressHubClient(new Uri(address));

        var refusal = await Assert.ThrowsAsync<ProgressHubException>(() => hub.GetAsync(JobId));

        Assert.Equal((code, true), (refusal.Code, refusal.IsTransient));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_as_such()
    {
        var (app, address) = await LoopbackApp.StartAsync(static _ => { });
        await app.DisposeAsync();
        using var hub = new ProgressHubClient(new Uri(address));

        Assert.Equal("unreachable", (await Assert.ThrowsAsync<ProgressHubException>(() => hub.GetAsync(JobId))).Code);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up_in_time()
    {
        var (app, address) = await LoopbackApp.StartAsync(app => app.MapGet(
            "/api/jobs/{id}", (CancellationToken gone) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, gone)));
        await using var server = app;
        using var hub = new ProgressHubClient(new ProgressHubClientOptions
        {
            BaseAddress = new Uri(address), RequestTimeout = TimeSpan.FromMilliseconds(100),
        });

        Assert.Equal("timeout", (await Assert.ThrowsAsync<ProgressHubException>(() => hub.GetAsync(JobId).Soon())).Code);
    }

    [Theory]
    [InlineData("ftp://host/"), InlineData("/api")]
    public void An_address_that_is_none_is_refused(string address) =>
        Assert.Throws<ArgumentException>(() => new ProgressHubClient(new Uri(address, UriKind.RelativeOrAbsolute)));

    private static IResult Json(string json) => Results.Content(json, "application/json");

    private static string Snapshot(int seq, string state) =>
        $$"""{"jobId":"{{JobId}}","kind":"k","title":"t","state":"{{state}}","seq":{{seq}},"attempt":1,"fraction":0}""";

    private static string Event(int seq, string type, string more) =>
        $$"""{"jobId":"{{JobId}}","seq":{{seq}},"at":"2026-11-20T10:00:00.000Z","type":"{{type}}","attempt":1,"elapsedMs":1,{{more}}}""";
}

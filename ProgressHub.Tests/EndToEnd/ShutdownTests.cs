using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using ProgressHub.Tests.Support;
using Xunit.Abstractions;

namespace ProgressHub.Tests.EndToEnd;

public sealed class ShutdownTests(ITestOutputHelper output)
{
    // The host waits 30 s for connections that don't end by themselves.
    private static readonly TimeSpan FarLess = TimeSpan.FromSeconds(25);

    [Fact]
    public async Task Whoever_waits_for_news_when_the_server_is_asked_to_stop_is_let_go_long_before_the_host_gives_up()
    {
        await using var server = await ServerProcess.StartNewAsync(
            ("Translation:PseudoDelay", "00:01:00"), ("Execution:ShutdownGrace", "00:00:00.500"));
        var client = server.Client;
        var id = await client.SubmitAsync(StreamServer.Quiet());
        await using var ofJob = await EventStream.OpenAsync(client, $"/api/jobs/{id}/events?after=0");
        await using var ofAll = await EventStream.OpenAsync(client, "/api/events");
        await using var hub = HubClient.ConnectionTo(server.Address);
        var hubClosed = new TaskCompletionSource();
        hub.Closed += _ => Task.FromResult(hubClosed.TrySetResult());
        await hub.StartAsync().Soon();
        await hub.InvokeAsync<JsonElement>("Watch", id, 0).Soon();
        await hub.InvokeAsync<JsonElement>("WatchMine", (string?)null).Soon();
        var streaming = StreamAsync(hub, id);
        Task<HttpResponseMessage>[] polls =
            [client.GetAsync($"/api/jobs/{id}?wait=60&after=100000"), client.GetAsync($"/api/jobs/{id}/result?wait=60")];
        await Patience.UntilAsync(async () => await WaitingAsync(client) >= 4, "all of them wait");

        var asked = TimeProvider.System.GetTimestamp();
        var stop = server.StopAsync();
        await Task.WhenAll(
            TimedAsync("stream of a job", ofJob.RestAsync()), TimedAsync("stream of all jobs", ofAll.RestAsync()),
            TimedAsync("hub", hubClosed.Task), TimedAsync("hub's stream", streaming),
            TimedAsync("long poll", polls[0]), TimedAsync("long poll of a result", polls[1]), TimedAsync("process", stop));

        Assert.Equal(0, await stop);
        Assert.All([ofJob.Retry, ofAll.Retry], retry => Assert.InRange(retry, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)));
        server.AssertCalm();

        async Task TimedAsync(string what, Task end)
        {
            await end.Soon();
            var took = TimeProvider.System.GetElapsedTime(asked);
            output.WriteLine($"{what}: {took.TotalMilliseconds:F0} ms");
            Assert.True(took < FarLess, $"{what}: {took}");
        }
    }

    [Fact]
    public async Task A_server_that_is_asked_to_stop_ends_its_streams_cleanly_and_they_resume_after_a_restart()
    {
        await using var server = await ServerProcess.StartNewAsync(
            ("Translation:PseudoDelay", "00:00:01"), ("Execution:ShutdownGrace", "00:00:01"));
        var id = await server.Client.SubmitAsync(JobCalls.Pseudo(LongTexts.Prose(10_000), 200));
        await using var ofJob = await EventStream.OpenAsync(server.Client, $"/api/jobs/{id}/events?after=0");
        await using var ofAll = await EventStream.OpenAsync(server.Client, "/api/events");
        var items = new List<System.Net.ServerSentEvents.SseItem<string>>();
        while (items.All(i => i.EventType != "partial") && await ofJob.NextAsync() is { } item)
            items.Add(item);

        // Clean ends: a stream that is cut throws, and one that is left open would hold the server up for its 30 s.
        var stop = server.StopAsync();
        items.AddRange(await ofJob.RestAsync());
        await ofAll.RestAsync();

        Assert.Equal(0, await stop);
        Assert.InRange(ofJob.Retry, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
        Assert.InRange(ofAll.Retry, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
        Assert.DoesNotContain(items, i => i.EventType == "done");

        server.Settings["Translation:PseudoDelay"] = "00:00:00";
        await server.StartAsync();
        await using var resumed = await EventStream.OpenAsync(server.Client, $"/api/jobs/{id}/events", items[^1].EventId);
        items.AddRange(await resumed.RestAsync());
        var log = await server.Client.LogAsync(id);
        LogAssert.EndsWith("succeeded", log);
        LogAssert.SawAll(log, [.. items.Where(i => i.EventType != "snapshot").Select(i => new SeenEvent(i.Data))]);
        server.AssertCalm();
    }

    [Fact]
    public async Task A_job_that_was_stopped_with_the_server_has_its_parts_and_goes_on()
    {
        await using var server = await ServerProcess.StartNewAsync(("Translation:PseudoDelay", "00:00:01"));
        var text = LongTexts.Prose(8000);
        var id = await server.Client.SubmitAsync(JobCalls.Pseudo(text, 200));
        using var watcher = new SteadyWatcher(server, id);
        await watcher.MoreAsync(20);

        await server.StopAsync();
        server.Settings["Translation:PseudoDelay"] = "00:00:00";
        await server.StartAsync();

        await server.Client.EndAsync(id);
        await watcher.Completion.Soon();
        var log = await server.Client.LogAsync(id);
        LogAssert.EndsWith("succeeded", log);
        LogAssert.SawAll(log, watcher.Seen);
        Assert.Equal(2, log[^1].Attempt);
    }

    [Fact]
    public async Task Clients_that_come_back_at_once_do_not_hold_the_server_up()
    {
        await using var server = await ServerProcess.StartNewAsync();
        using var stop = new CancellationTokenSource();
        var connected = 0;
        var clients = Enumerable.Range(0, 20).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var closed = new TaskCompletionSource();
                await using var hub = HubClient.ConnectionTo(server.Address);
                hub.Closed += _ => Task.FromResult(closed.TrySetResult());
                try
                {
                    await hub.StartAsync(stop.Token);
                    Interlocked.Increment(ref connected);
                    await closed.Task.WaitAsync(stop.Token);
                }
                catch (Exception refused) when (refused is not Xunit.Sdk.XunitException)
                {
                    // Again, at once.
                    await Task.Yield();
                }
            }
        })).ToList();
        await Patience.UntilAsync(() => Volatile.Read(ref connected) >= 20, "all are there");

        Assert.Equal(0, await server.StopAsync());

        await stop.CancelAsync();
        await Task.WhenAll(clients).Soon();
    }

    private static async Task StreamAsync(HubConnection hub, string id)
    {
        try
        {
            await foreach (var item in hub.StreamAsync<JsonElement>("Stream", id, 0))
                Assert.Equal(JsonValueKind.Object, item.ValueKind);
        }
        catch (Exception cut) when (cut is HubException or OperationCanceledException or IOException or WebSocketException)
        {
            // The connection ended, and with it the stream.
        }
    }

    private static async Task<double> WaitingAsync(HttpClient client)
    {
        var metrics = await client.GetStringAsync("/metrics");
        return metrics.Split('\n')
            .Where(line => line.StartsWith("progresshub_watchers{", StringComparison.Ordinal))
            .Sum(line => double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
    }
}

using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.EndToEnd;

public sealed class ShutdownTests
{
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
}

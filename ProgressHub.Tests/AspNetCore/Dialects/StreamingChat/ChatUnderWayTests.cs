using System.Text.Json;
using ProgressHub.Tests.Support;
using static ProgressHub.Tests.AspNetCore.Dialects.StreamingChat.ChatServer;

namespace ProgressHub.Tests.AspNetCore.Dialects.StreamingChat;

/// <summary>Tasks whose engine takes its time, fails, or is lost on the way.</summary>
public sealed class ChatUnderWayTests : IAsyncLifetime
{
    private static readonly TimeSpan ForEver = TimeSpan.FromHours(1);
    private SlowEngine _engine = null!;
    private ServerProcess _server = null!;

    private HttpClient Client => _server.Client;

    public async Task InitializeAsync()
    {
        _engine = await SlowEngine.StartAsync(ForEver);
        _server = await ServerProcess.StartNewAsync(
            [.. _engine.Settings, ("Streaming:Heartbeat", "00:00:00.500"), ("Execution:ShutdownGrace", "00:00:00.500"), ("Execution:MaxConcurrency", "1")]);
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _engine.DisposeAsync();
    }

    [Fact]
    public async Task The_tracker_says_the_stage_the_time_and_how_many_watch()
    {
        var task = (await Client.AskAsync(Question())).Text("task_id")!;
        await using var first = await OpenAsync(task);
        await using var second = await EventStream.OpenAsync(Client, $"{OlderSet}/sse/{task}");
        await UntilAsync(first, m => m.Type() == "streaming_progress" && m.Text("stage") == "LLM推理_processing");

        var progress = await Client.JsonAsync($"{Set}/progress/{task}");

        ChatContractTests.AssertShape("tracker", progress);
        ChatContractTests.AssertPrinted(ChatDocuments.Code(ChatDocuments.Enhanced, "### 3. Progress Information", "json"), progress);
        Assert.Equal("generating_llm", progress.Text("current_status"));
        Assert.True(progress.GetProperty("tracker_active").GetBoolean());
        var tracker = progress.GetProperty("tracker_info");
        Assert.Equal(("generating_llm", 2), (tracker.Text("current_stage"), tracker.GetProperty("subscribers_count").GetInt32()));
        Assert.True(tracker.GetProperty("elapsed_time_seconds").GetDouble() > 0.9);
        Assert.InRange(progress.GetProperty("current_progress").GetInt32(), 65, 92);
    }

    [Fact]
    public async Task In_silence_pings_say_how_long_the_connection_is_alive_and_those_who_know_only_plain_events_hear_none()
    {
        await Client.AskAsync(Question());
        var waiting = (await Client.AskAsync(Question())).Text("task_id")!;
        await using var stream = await OpenAsync(waiting);
        await using var plain = await EventStream.OpenAsync(Client, $"{OlderSet}/sse/{waiting}");

        Assert.Equal("enhanced_status", (await NextAsync(stream)).Type());
        var (one, two) = (await NextAsync(stream), await NextAsync(stream));
        Assert.Equal(["message", "ping", "ping"], [(await plain.NextAsync())!.Value.EventType, (await plain.NextAsync())!.Value.EventType, (await plain.NextAsync())!.Value.EventType]);

        Assert.All([one, two], ping => Assert.Equal("enhanced_ping", ping.Type()));
        Assert.True(one.GetProperty("connection_alive_seconds").GetDouble() < two.GetProperty("connection_alive_seconds").GetDouble());
        var queued = await Client.JsonAsync($"{Set}/progress/{waiting}");
        Assert.Equal(("queued", 0, "任務已排入佇列..."), (queued.Text("current_status"), queued.GetProperty("current_progress").GetInt32(), queued.Text("status_message")));
    }

    [Fact]
    public async Task A_canceled_task_ends_with_an_error_that_says_so()
    {
        var task = (await Client.AskAsync(Question())).Text("task_id")!;
        await using var stream = await OpenAsync(task);
        await UntilAsync(stream, m => m.Type() == "streaming_progress" && m.Text("stage") == "LLM推理_start");

        using var cancel = await Client.PostAsync($"/api/jobs/{task}/cancel", null);
        var rest = (await stream.RestAsync()).Select(i => JsonDocument.Parse(i.Data).RootElement).ToList();

        Assert.Equal(("enhanced_error", "canceled", "任務已取消。"), (rest[^1].Type(), rest[^1].Text("code"), rest[^1].Text("error")));
        Assert.DoesNotContain(rest, m => m.Type() is "enhanced_complete" or "complete");
        var plain = await Client.HearAsync(task, OlderSet);
        Assert.Equal(("error", "canceled"), (plain[^1].Type(), plain[^1].Text("code")));
        var progress = await Client.JsonAsync($"{Set}/progress/{task}");
        Assert.Equal(("canceled", false), (progress.Text("current_status"), progress.GetProperty("tracker_active").GetBoolean()));
    }

    [Fact]
    public async Task A_failure_is_told_with_its_code()
    {
        (_engine.Silence, _engine.Refuses) = (TimeSpan.Zero, true);

        var messages = await Client.HearAsync(Question());

        Assert.Equal(("enhanced_error", "engine_rejected_key", "generating_llm"), (messages[^1].Type(), messages[^1].Text("code"), messages[^1].Text("stage")));
        var job = await Client.JsonAsync($"/api/jobs/{messages[0].Text("task_id")}");
        Assert.Equal(job.GetProperty("error").Text("message"), messages[^1].Text("error"));
        Assert.DoesNotContain("LLM推理_complete", messages.Of("streaming_progress").Select(m => m.Text("stage")));
    }

    [Fact]
    public async Task A_server_that_stops_says_when_to_come_back_and_the_stream_goes_on_after_the_restart_to_its_end()
    {
        var task = (await Client.AskAsync(Question())).Text("task_id")!;
        await using var stream = await OpenAsync(task);
        var (heard, last) = (new List<string>(), (string?)null);
        while (heard.Count(m => m.Contains("LLM推理_processing", StringComparison.Ordinal)) < 2 && await stream.NextAsync() is { } item)
            (heard, last) = ([.. heard, item.Data], item.EventId ?? last);

        var stop = _server.StopAsync();
        foreach (var item in await stream.RestAsync())
            (heard, last) = ([.. heard, item.Data], item.EventId ?? last);
        Assert.Equal(0, await stop);
        Assert.InRange(stream.Retry, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
        _engine.Silence = TimeSpan.Zero;
        await _server.StartAsync();
        await using var resumed = await EventStream.OpenAsync(Client, $"{Set}/sse/{task}?token=t", last);
        heard.AddRange((await resumed.RestAsync()).Select(i => i.Data));

        var all = (await Client.HearAsync(task)).Select(m => m.GetRawText());
        Assert.Equal(all, heard.Where(m => !m.Contains("enhanced_ping", StringComparison.Ordinal)));
        Assert.Equal("enhanced_complete", JsonDocument.Parse(heard[^1]).RootElement.Type());
        Assert.Contains(heard, m => m.Contains("\"status\":\"queued\"", StringComparison.Ordinal) && !m.StartsWith("{\"type\":\"enhanced_status\",\"status\":\"queued\",\"progress\":0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Estimates_are_learned_from_earlier_tasks()
    {
        _engine.Silence = TimeSpan.FromMilliseconds(700);
        var estimates = new List<double>();
        for (var i = 0; i < 4; i++)
        {
            var messages = await Client.HearAsync(Question(), query: "?events=streaming");
            var start = messages.First(m => m.Type() == "streaming_progress" && m.Text("stage") == "LLM推理_start");
            estimates.Add(start.GetProperty("data").GetProperty("estimated_duration").GetDouble());
        }

        // Three are enough to learn from; how long they took is the machine's affair.
        Assert.Equal([15, 15, 15], estimates[..3]);
        Assert.InRange(estimates[3], 0.6, 14.9);
    }

    private Task<EventStream> OpenAsync(string task) => EventStream.OpenAsync(Client, $"{Set}/sse/{task}?token=t");

    private static async Task<JsonElement> NextAsync(EventStream stream) =>
        JsonDocument.Parse((await stream.NextAsync())!.Value.Data).RootElement;

    private static async Task UntilAsync(EventStream stream, Func<JsonElement, bool> wanted)
    {
        while (!wanted(await NextAsync(stream)))
        {
        }
    }
}

using System.Text.Json;
using ProgressHub.Tests.Support;
using Xunit.Abstractions;
using static ProgressHub.Tests.AspNetCore.Dialects.StreamingChat.ChatServer;

namespace ProgressHub.Tests.AspNetCore.Dialects.StreamingChat;

/// <summary>The document's own complaint: updates that come in a heap after 19 seconds of nothing.</summary>
public sealed class ChatTimingTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Blocked = TimeSpan.FromSeconds(20);

    // Updates come each second; on a machine where everything is late there are fewer.
    private const int FewestUpdates = 5;

    [Fact]
    public async Task While_an_engine_says_nothing_for_20_seconds_updates_keep_coming_one_by_one()
    {
        await using var engine = await SlowEngine.StartAsync(Blocked);
        await using var server = await ServerProcess.StartNewAsync(engine.Settings);
        var task = (await server.Client.AskAsync(Question())).Text("task_id")!;
        await using var stream = await EventStream.OpenAsync(server.Client, $"{Set}/sse/{task}?token=t");

        var heard = new List<(TimeSpan At, JsonElement Message)>();
        var begun = TimeProvider.System.GetTimestamp();
        while (await stream.NextAsync() is { } item)
        {
            var message = JsonDocument.Parse(item.Data).RootElement;
            if (message.Type() == "streaming_progress")
                heard.Add((TimeProvider.System.GetElapsedTime(begun), message));
        }

        foreach (var (at, message) in heard)
            output.WriteLine($"{at.TotalMilliseconds:F0} {message}");
        Assert.InRange(heard.Count, FewestUpdates, 40);

        var working = heard.Select(h => h.Message).Where(m => m.Text("stage") == "LLM推理_processing").ToList();
        Assert.Equal(
            ["🧠 載入語言模型...", "📖 分析籤詩內容...", "🚀 LLM推理 進行中... (剛開始)", "⚡ LLM推理 進行中... (進展順利)", "⏰ LLM推理 進行中... (比預期稍長)"],
            working.Select(m => m.Text("message")).Distinct());
        Assert.All(working, m => Assert.Equal(15, m.GetProperty("data").GetProperty("estimated_duration").GetDouble()));
        Assert.All(working, m => Assert.True(m.GetProperty("elapsed_seconds").GetDouble() >= m.GetProperty("data").GetProperty("elapsed").GetDouble() - 0.1));
        var elapsed = working.Select(m => m.GetProperty("data").GetProperty("elapsed").GetDouble()).ToList();
        Assert.Equal(elapsed.Order(), elapsed);
        Assert.Equal(elapsed.Count, elapsed.Distinct().Count());
        var progress = heard.Select(h => h.Message.Progress()).ToList();
        Assert.Equal(progress.Order(), progress);
        Assert.Equal("LLM推理_complete", heard[^1].Message.Text("stage"));
        Assert.InRange(heard[^1].Message.GetProperty("data").GetProperty("elapsed").GetDouble(), Blocked.TotalSeconds - 0.5, 60);
    }
}

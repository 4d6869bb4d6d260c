using System.Net;
using System.Text.Json;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Dialects.StreamingChat;

/// <summary>A fresh server for a class of tests, and what clients of this dialect ask of it.</summary>
public sealed class ChatServer : IAsyncLifetime
{
    internal const string Set = "/api/v1/streaming-chat";
    internal const string OlderSet = "/api/v1/async-chat";

    internal ServerProcess Process { get; private set; } = null!;

    internal HttpClient Client => Process.Client;

    public async Task InitializeAsync() => Process = await ServerProcess.StartNewAsync(("Streaming:Heartbeat", "00:00:01"));

    public async Task DisposeAsync() => await Process.DisposeAsync();

    /// <summary>The question that the document prints, with changes.</summary>
    internal static Dictionary<string, object?> Question(params (string Key, object? Value)[] changes)
    {
        var question = new Dictionary<string, object?>
        {
            ["deity_id"] = "guan_yu", ["fortune_number"] = 40, ["question"] = "我下週的面試會順利嗎？",
            ["enable_streaming"] = true, ["language"] = "zh",
        };
        foreach (var (key, value) in changes)
            question[key] = value;
        return question;
    }
}

/// <summary>What clients of this dialect ask.</summary>
internal static class ChatCalls
{
    public static async Task<JsonElement> AskAsync(this HttpClient client, object question, string set = ChatServer.Set)
    {
        using var response = await client.PostAsync($"{set}/ask-question", WebServer.Json(question));
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, $"{response.StatusCode}: {body}");
        return JsonDocument.Parse(body).RootElement;
    }

    /// <summary>Asks and hears the whole stream.</summary>
    public static async Task<IReadOnlyList<JsonElement>> HearAsync(
        this HttpClient client, object question, string set = ChatServer.Set, string query = "?token=t") =>
        await client.HearAsync((await client.AskAsync(question)).Text("task_id")!, set, query);

    /// <summary>Hears the whole stream of a task: what <c>onmessage</c> gets.</summary>
    public static async Task<IReadOnlyList<JsonElement>> HearAsync(
        this HttpClient client, string task, string set = ChatServer.Set, string query = "?token=t")
    {
        await using var stream = await EventStream.OpenAsync(client, $"{set}/sse/{task}{query}");
        return [.. (await stream.RestAsync()).Where(i => i.EventType == "message").Select(i => JsonDocument.Parse(i.Data).RootElement)];
    }

    public static IReadOnlyList<JsonElement> Of(this IEnumerable<JsonElement> messages, string type) =>
        [.. messages.Where(m => m.Text("type") == type)];

    public static string Type(this JsonElement message) => message.Text("type")!;

    public static int Progress(this JsonElement message) => message.GetProperty("progress").GetInt32();
}

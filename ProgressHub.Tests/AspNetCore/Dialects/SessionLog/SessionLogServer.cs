using System.Net;
using System.Text.Json;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Dialects.SessionLog;

/// <summary>The server, asked as the front ends of the session log's document ask it.</summary>
public sealed class SessionLogServer : AnalysisServer
{
    protected override Dictionary<string, string?> Settings => new(base.Settings)
    {
        ["Streaming:Heartbeat"] = "00:00:00.200", ["Webhooks:AllowPrivateAddresses"] = "true",
    };

    /// <summary>Posts; returns the JSON of the answer, which has this status.</summary>
    internal async Task<JsonElement> PostAsync(string path, object body, int status = 200) => await PostRawAsync(path, JsonSerializer.Serialize(body), status);

    internal async Task<JsonElement> PostRawAsync(string path, string body, int status)
    {
        using var response = await Client.PostAsync(path, Raw(body));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == (HttpStatusCode)status, $"{path} {body}: {response.StatusCode}: {text}");
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Asks a question of a session; returns the answer.</summary>
    internal Task<JsonElement> AskAsync(string session, string question) => PostAsync("/analyze", new { question, session_id = session });

    /// <summary>The lines that are shown of a session.</summary>
    internal async Task<IReadOnlyList<JsonElement>> EventsAsync(string session, string query = "") =>
        [.. (await Client.JsonAsync($"/api/progress/{session}/events{query}")).GetProperty("events").EnumerateArray()];

    internal static string NewSession() => $"chat-{Guid.NewGuid():N}";
}

using System.Net;
using System.Text.Json;

namespace ProgressHub.Tests.Support;

/// <summary>What tests ask a server, over HTTP.</summary>
internal static class JobCalls
{
    /// <summary>Submits a translation; returns the id once it is acknowledged.</summary>
    public static async Task<string> SubmitAsync(
        this HttpClient client, object input, string? title = null, string? key = null, string[]? tags = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/jobs");
        request.Content = WebServer.Json(new { kind = "translation", title, input, tags });
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using var response = await client.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, $"{response.StatusCode}: {body}");
        return JsonDocument.Parse(body).RootElement.Id();
    }

    /// <summary>A translation by pseudo-localisation in small parts.</summary>
    public static object Pseudo(string text, int batchCharacters = 400) =>
        new { text, targetLanguage = "eo", engine = "pseudo", batchCharacters };

    public static async Task<JsonElement> JsonAsync(this HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {response.StatusCode}: {body}");
        return JsonDocument.Parse(body).RootElement;
    }

    /// <summary>The whole log as it is now.</summary>
    public static async Task<IReadOnlyList<SeenEvent>> LogAsync(this HttpClient client, string id, long after = 0)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/jobs/{id}/events?after={after}");
        request.Headers.Accept.ParseAdd("application/x-ndjson");
        using var response = await client.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"The log of job {id}: {response.StatusCode}: {body}");
        return [.. body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => new SeenEvent(line))];
    }

    /// <summary>Waits for a job's end; returns its last state.</summary>
    public static async Task<JsonElement> EndAsync(this HttpClient client, string id)
    {
        var begun = TimeProvider.System.GetTimestamp();
        for (long after = 0; ;)
        {
            var snapshot = await client.JsonAsync($"/api/jobs/{id}?wait=20&after={after}");
            if (snapshot.TryGetProperty("finishedAt", out var finished) && finished.ValueKind == JsonValueKind.String)
                return snapshot;
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < 2 * Patience.Limit, $"The job does not end: {snapshot}");
            after = snapshot.GetProperty("seq").GetInt64();
        }
    }

    /// <summary>Asks for a job's end; returns its state once that is acknowledged.</summary>
    public static async Task<JsonElement> CancelAsync(this HttpClient client, string id)
    {
        using var response = await client.PostAsync($"/api/jobs/{id}/cancel", null);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {body}");
        return JsonDocument.Parse(body).RootElement;
    }
}

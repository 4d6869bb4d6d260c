using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace ProgressHub.Benchmarks.Load;

/// <summary>A job of the real server whose program is the benchmark.</summary>
internal sealed class ReportedJob
{
    private readonly HttpClient _client;
    private readonly AuthenticationHeaderValue _token;
    private int _updates;

    private ReportedJob(HttpClient client, string id, string token)
    {
        _client = client;
        Id = id;
        _token = new AuthenticationHeaderValue("Bearer", token);
    }

    public string Id { get; }

    public static async Task<ReportedJob> SubmitAsync(HttpClient client)
    {
        using var answer = await client.PostAsJsonAsync("/api/jobs", new { kind = "external", input = new { } });
        answer.EnsureSuccessStatusCode();
        var job = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return new ReportedJob(client, job.GetProperty("jobId").GetString()!, job.GetProperty("writeToken").GetString()!);
    }

    /// <summary>Reports one step and a line of the log.</summary>
    public Task UpdateAsync(int total)
    {
        var number = Interlocked.Increment(ref _updates);
        return PostAsync("updates", new { number, current = number, total, log = new { message = $"Batch {number} is stored" } });
    }

    public Task CompleteAsync() => PostAsync("complete", new { });

    /// <summary>The number of its last event.</summary>
    public async Task<long> ReadSeqAsync() =>
        (await _client.GetFromJsonAsync<JsonElement>($"/api/jobs/{Id}")).GetProperty("seq").GetInt64();

    private async Task PostAsync(string what, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/jobs/{Id}/{what}") { Content = JsonContent.Create(body) };
        request.Headers.Authorization = _token;
        using var answer = await _client.SendAsync(request);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"{what} of {Id}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }
}

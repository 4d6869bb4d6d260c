using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace ProgressHub.Tests.Support;

/// <summary>An external job and the program that reports for it: a numbered line a report, each counted once it is acknowledged.</summary>
internal sealed class ReportingJob(HttpClient client, string id, string token)
{
    private int _acknowledged;
    private int _sent;

    public string Id => id;

    /// <summary>How many lines the server has answered for.</summary>
    public int Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>The job's last event, as of the last answer.</summary>
    public long Seq { get; private set; }

    /// <summary>How many lines were sent, answered or not.</summary>
    public int Sent => Volatile.Read(ref _sent);

    public static async Task<ReportingJob> SubmitAsync(HttpClient client, string title = "Import")
    {
        using var made = await client.PostAsJsonAsync("/api/jobs", new { kind = "external", title, input = new { heartbeatSeconds = 3600 } });
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
        var job = await made.Content.ReadFromJsonAsync<JsonElement>();
        return new ReportingJob(client, job.Id(), job.Text("writeToken")!);
    }

    /// <summary>Reports the next line; where no answer comes, the same one is sent again the next time.</summary>
    /// <param name="at">Where to; the server it was submitted to, where it is not given.</param>
    /// <returns>Whether it was acknowledged.</returns>
    public async Task<bool> ReportAsync(HttpClient? at = null)
    {
        var number = Acknowledged + 1;
        Volatile.Write(ref _sent, number);
        try
        {
            using var answer = await SendAsync(at ?? client, "updates", JsonContent.Create(Line(number)));
            if (!answer.IsSuccessStatusCode)
                return false;
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal(number, body.GetProperty("number").GetInt32());
            Seq = body.GetProperty("seq").GetInt64();
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException or TaskCanceledException)
        {
            return false;
        }

        Volatile.Write(ref _acknowledged, number);
        return true;
    }

    /// <summary>Reports one line after the other.</summary>
    public async Task ReportUntilAsync(CancellationToken stop, HttpClient? at = null)
    {
        while (!stop.IsCancellationRequested)
            await ReportAsync(at);
    }

    /// <summary>Reports so many lines in one request; all must be acknowledged.</summary>
    public async Task StreamAsync(HttpClient at, int lines)
    {
        var first = Acknowledged + 1;
        Volatile.Write(ref _sent, Acknowledged + lines);
        var body = string.Join('\n', Enumerable.Range(first, lines).Select(number => JsonSerializer.Serialize(Line(number))));
        using var answer = await SendAsync(at, "updates", new StringContent(body, Encoding.UTF8, "application/x-ndjson"));
        var last = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        Assert.Equal(Sent, JsonElement.Parse(last).GetProperty("number").GetInt32());
        Volatile.Write(ref _acknowledged, Sent);
    }

    /// <summary>Sends something else for the job.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpClient at, string path, HttpContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/jobs/{id}/{path}") { Content = content };
        request.Headers.Authorization = new("Bearer", token);
        return at.SendAsync(request);
    }

    private static object Line(int number) => new { number, log = new { message = $"line {number}" } };

    /// <summary>Asserts that its log has every line that was acknowledged, once and in order, and none that was never sent.</summary>
    /// <param name="server">Where its log is; the server it reports to, where it is not given.</param>
    /// <param name="atLeast">How many lines must be there; all that were acknowledged, where it is not given.</param>
    public async Task AssertNothingLostAsync(HttpClient? server = null, int? atLeast = null)
    {
        var log = await (server ?? client).LogAsync(id);
        LogAssert.IsSound(log);
        var lines = log.Where(e => e.Type == "log").Select(e => e["message"].GetString()!)
            .Where(line => line.StartsWith("line ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(Enumerable.Range(1, lines.Length).Select(n => $"line {n}"), lines);
        Assert.InRange(lines.Length, atLeast ?? Acknowledged, Sent);
    }
}

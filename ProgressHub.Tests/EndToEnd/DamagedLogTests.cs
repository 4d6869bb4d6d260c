using System.Net.Http.Json;
using System.Text.Json;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.EndToEnd;

/// <summary>A server whose log is damaged does not start as if nothing were; told to go on, it says what is lost.</summary>
public sealed class DamagedLogTests
{
    [Fact]
    public async Task A_bit_that_turned_ends_the_start_until_somebody_accepts_the_loss()
    {
        await using var server = await ServerProcess.StartNewAsync();
        using var made = await server.Client.PostAsJsonAsync("/api/jobs", new { kind = "external", input = new { title = "Import" } });
        made.EnsureSuccessStatusCode();
        var job = await made.Content.ReadFromJsonAsync<JsonElement>();
        var (id, token) = (job.Id(), job.Text("writeToken")!);
        var log = Path.Combine(server.DataDirectory, "progresshub.db-wal");
        var whole = new FileInfo(log).Length;
        for (var i = 1; i <= 40; i++)
            await ReportAsync(server, id, token, i);
        var seen = (await server.Client.GetFromJsonAsync<JsonElement>($"/api/jobs/{id}")).GetProperty("seq").GetInt64();
        await server.KillAsync();
        Damage(log, whole);

        await Assert.ThrowsAnyAsync<Exception>(() => server.LaunchAsync().WaitAsync(Patience.Limit));
        Assert.Contains("--accept-data-loss", server.Output, StringComparison.Ordinal);

        server.Arguments.Add("--accept-data-loss");
        await server.StartAsync();
        server.Arguments.Clear();

        // Whoever saw the last event goes on from it, and no number means two events.
        var after = await server.Client.GetStringAsync($"/api/jobs/{id}/events?format=json&after={seen}&limit=1");
        using var answer = JsonDocument.Parse(after);
        var gap = answer.RootElement.GetProperty("events")[0];
        Assert.True(gap.GetProperty("seq").GetInt64() > seen);
        Assert.Equal("warning", gap.Text("level"));
        using var stream = await server.Client.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, $"/api/jobs/{id}/events?after={seen}") { Headers = { { "Accept", "text/event-stream" } } },
            HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync());
        await Patience.UntilAsync(async () => await lines.ReadLineAsync() == $"id: {gap.GetProperty("seq").GetInt64()}", "the gap is told");
        await ReportAsync(server, id, token, 41);
        await server.StopAsync();
        await server.StartAsync();
        Assert.True((await server.Client.GetFromJsonAsync<JsonElement>($"/api/jobs/{id}")).GetProperty("seq").GetInt64() > gap.GetProperty("seq").GetInt64());
    }

    private static async Task ReportAsync(ServerProcess server, string id, string token, int number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/jobs/{id}/updates")
        {
            Content = JsonContent.Create(new { current = number, total = 100, message = $"line {number}" }),
        };
        request.Headers.Authorization = new("Bearer", token);
        using var answer = await server.Client.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Turns a bit in the middle of what was written last: what stood there before stays whole.</summary>
    private static void Damage(string log, long whole)
    {
        using var file = new FileStream(log, FileMode.Open, FileAccess.ReadWrite);
        Assert.True(file.Length > whole, "The reports are in the log.");
        file.Position = (whole + file.Length) / 2;
        var there = file.ReadByte();
        file.Position--;
        file.WriteByte((byte)(there ^ 1));
    }
}

using System.Net;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.EndToEnd;

public sealed class WatcherLimitTests
{
    [Fact]
    public async Task Too_many_watchers_are_told_so_until_one_leaves()
    {
        await using var server = await ServerProcess.StartNewAsync(
            ("Translation:PseudoDelay", "00:01:00"), ("Limits:WatchersPerJob", "2"), ("Limits:WatchersPerOwner", "3"));
        var (crowded, other) = (await server.Client.SubmitAsync(StreamServer.Quiet()), await server.Client.SubmitAsync(StreamServer.Quiet()));
        await using var first = await OpenAsync(crowded);
        await using var second = await OpenAsync(crowded);

        await RefusedAsync($"/api/jobs/{crowded}/events");
        await using (await OpenAsync(other))
        {
            await RefusedAsync("/api/events");
            await RefusedAsync($"/api/jobs/{other}/events");
        }

        // The server hears of a watcher's leaving in its own time.
        await second.DisposeAsync();
        await Patience.UntilAsync(
            async () =>
            {
                using var response = await EventStream.AskAsync(server.Client, $"/api/jobs/{crowded}/events");
                return response.StatusCode == HttpStatusCode.OK;
            },
            "there is room again");

        Task<EventStream> OpenAsync(string id) => EventStream.OpenAsync(server.Client, $"/api/jobs/{id}/events");

        async Task RefusedAsync(string path)
        {
            using var response = await EventStream.AskAsync(server.Client, path);
            await response.IsProblemAsync(429, "too_many_watchers");
            Assert.NotNull(response.Headers.RetryAfter);
        }
    }

    [Theory]
    [InlineData("GET", "/api/jobs/ID/events"), InlineData("GET", "/api/events"), InlineData("GET", "/api/jobs/ID?wait=20&after=1000000"), InlineData("GET", "/api/jobs/ID/result?wait=20")]
    [InlineData("POST", "/transcribe"), InlineData("POST", "/v1/audio/transcriptions"), InlineData("POST", "/analyze")]
    public async Task Whoever_holds_a_request_open_counts_whatever_it_is(string method, string path)
    {
        await using var server = await ServerProcess.StartNewAsync(("Translation:PseudoDelay", "00:01:00"), ("Limits:WatchersPerOwner", "1"));
        var job = await server.Client.SubmitAsync(StreamServer.Quiet());
        await using var watching = await EventStream.OpenAsync(server.Client, $"/api/jobs/{job}/events");

        using var request = new HttpRequestMessage(new HttpMethod(method), path.Replace("ID", job, StringComparison.Ordinal));
        if (method == "POST")
            request.Content = path == "/analyze" ? WebServer.Json(new { query = "how many?" }) : new MultipartFormDataContent { { new StringContent("RIFF"), "file", "a.wav" } };
        if (path.EndsWith("events", StringComparison.Ordinal))
            request.Headers.Accept.ParseAdd("text/event-stream");
        using var answer = await server.Client.SendAsync(request);

        Assert.True(answer.StatusCode == HttpStatusCode.TooManyRequests, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Single((await server.Client.JsonAsync("/api/jobs")).GetProperty("jobs").EnumerateArray());
    }
}

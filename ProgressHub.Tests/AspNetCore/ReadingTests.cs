using System.Net;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore;

public sealed class ReadingTests(WebServer server) : IClassFixture<WebServer>
{
    [Theory]
    [InlineData("")]
    [InlineData("/events")]
    [InlineData("/partials")]
    [InlineData("/result")]
    [InlineData("/input")]
    public async Task A_job_nobody_submitted_is_404_also_where_its_id_is_none(string resource)
    {
        foreach (var id in (string[])["00000000000000000000000000000000", "nope", "5F0C2A9B7D4E41C8A6F3B2D1E0C9F8A7", "..%2fetc", "%0d%0aX:%20y"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/jobs/{id}{resource}");
            request.Headers.Accept.ParseAdd("application/json");
            using var response = await server.Client.SendAsync(request);

            await response.IsProblemAsync(404, "job_not_found");
        }
    }

    [Fact]
    public async Task A_job_that_was_deleted_is_410_on_every_address()
    {
        var id = (await server.RunAsync()).Id();
        using var deleted = await server.Client.DeleteAsync($"/api/jobs/{id}");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);

        foreach (var resource in (string[])["", "/partials", "/result", "/input", "/events?format=json", "/events?format=csv"])
        {
            using var response = await server.Client.GetAsync($"/api/jobs/{id}{resource}");
            await response.IsProblemAsync(410, "job_purged");
        }

        using var again = await server.Client.DeleteAsync($"/api/jobs/{id}");
        await again.IsProblemAsync(410, "job_purged");
    }

    [Fact]
    public async Task The_entity_tag_is_the_seq_and_spares_what_is_known()
    {
        var job = await server.RunAsync();
        var seq = job.GetProperty("seq").GetInt64();

        foreach (var tag in (string[])[$"\"{seq}\"", $"W/\"{seq}\"", $"\"1\", \"{seq}\"", "*"])
        {
            using var known = await SendAsync($"/api/jobs/{job.Id()}", "If-None-Match", tag);
            Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
            Assert.Equal($"\"{seq}\"", known.Headers.ETag?.Tag);
            Assert.True(known.Headers.ETag?.IsWeak);
            Assert.Empty(await known.Content.ReadAsByteArrayAsync());
        }

        using var stale = await SendAsync($"/api/jobs/{job.Id()}", "If-None-Match", "\"1\"");
        Assert.Equal(HttpStatusCode.OK, stale.StatusCode);
    }

    [Fact]
    public async Task A_long_poll_is_answered_with_the_next_event()
    {
        var script = server.Workload["long-poll"];
        var id = (await server.SubmitAsync(run: "long-poll")).Id();
        await script.DoAsync(c => c.BeginStageAsync("reading").AsTask());
        var seq = (await Settled(id)).GetProperty("seq").GetInt64();

        var waiting = server.GetAsync($"/api/jobs/{id}?wait=20&after={seq}");
        await script.DoAsync(c =>
        {
            c.Progress.Report(new ProgressUpdate(1, 4, "One of four"));
            return Task.CompletedTask;
        });
        var news = await waiting;

        Assert.Equal("One of four", news.Text("message"));
        Assert.Equal(seq + 1, news.GetProperty("seq").GetInt64());
        Assert.Equal(0.0625, news.GetProperty("fraction").GetDouble());
        script.End(new WorkloadOutcome(null));
    }

    [Fact]
    public async Task A_long_poll_of_what_is_over_or_already_newer_does_not_wait()
    {
        var job = await server.RunAsync();

        Assert.Equal("succeeded", (await server.GetAsync($"/api/jobs/{job.Id()}?wait=60")).Text("state"));
        Assert.Equal("succeeded", (await server.GetAsync($"/api/jobs/{job.Id()}?wait=60&after=1")).Text("state"));
    }

    [Theory]
    [InlineData("?wait=61", "invalid_parameter", "wait")]
    [InlineData("?wait=-1", "invalid_parameter", "wait")]
    [InlineData("?wait=soon", "invalid_parameter", "wait")]
    [InlineData("?wait=99999999999999", "invalid_parameter", "wait")]
    [InlineData("?after=x", "invalid_cursor", "after")]
    [InlineData("/partials?limit=0", "invalid_parameter", "limit")]
    [InlineData("/partials?limit=1001", "invalid_parameter", "limit")]
    [InlineData("/partials?after=-2", "invalid_cursor", "after")]
    [InlineData("/result?wait=61", "invalid_parameter", "wait")]
    [InlineData("/result?partial=perhaps", "invalid_parameter", "partial")]
    [InlineData("/events?format=json&limit=1001", "invalid_parameter", "limit")]
    [InlineData("/events?format=json&after=-1", "invalid_cursor", "after")]
    [InlineData("/events?format=pdf", "invalid_parameter", "format")]
    public async Task A_parameter_that_makes_no_sense_is_refused_by_name(string query, string code, string parameter)
    {
        var id = (await server.RunAsync()).Id();
        using var response = await server.Client.GetAsync($"/api/jobs/{id}{query}");

        Assert.Equal(parameter, (await response.IsProblemAsync(400, code)).Text("property"));
    }

    [Fact]
    public async Task Partials_come_in_pages_in_the_order_they_came()
    {
        var script = server.Workload["partials"];
        var id = (await server.SubmitAsync(run: "partials")).Id();
        await script.DoAsync(async c =>
        {
            await c.PartialAsync(new PartialResult(0, 3) { Error = "<b>broke</b>" });
            await c.PartialAsync(new PartialResult(1, 3) { Text = "one" });
            await c.PartialAsync(new PartialResult(0, 3) { Text = "zero" });
            await c.PartialAsync(new PartialResult(2, 3) { Text = "two" });
        });
        script.End(new WorkloadOutcome(null));
        await server.EndAsync(id);

        var first = await server.GetAsync($"/api/jobs/{id}/partials?limit=3");
        var second = await server.GetAsync($"/api/jobs/{id}/partials?limit=3&after={first.GetProperty("next").GetInt32()}");

        Assert.Equal([(0, false), (1, true), (0, true)], first.GetProperty("events").EnumerateArray()
            .Select(p => (p.GetProperty("index").GetInt32(), p.GetProperty("ok").GetBoolean())));
        Assert.Equal("partial", first.GetProperty("events")[0].Text("type"));
        Assert.Equal("two", Assert.Single(second.GetProperty("events").EnumerateArray()).Text("text"));
        Assert.Equal("null", second.GetProperty("next").GetRawText());
    }

    [Fact]
    public async Task A_poll_ahead_of_the_job_waits_until_the_job_is_past_it()
    {
        var script = server.Workload["ahead"];
        var id = (await server.SubmitAsync(run: "ahead")).Id();
        await script.Begun;
        var seq = (await Settled(id)).GetProperty("seq").GetInt64();

        var poll = server.GetAsync($"/api/jobs/{id}?wait=50&after={seq + 2}");
        for (var i = 1; i <= 3; i++)
        {
            await script.DoAsync(context => context.LogAsync(JobLogLevel.Info, $"{i}").AsTask());
            await server.GetAsync($"/api/jobs/{id}?wait=50&after={seq + i - 1}");
            if (i < 3)
                Assert.False(poll.IsCompleted);
        }

        Assert.Equal(seq + 3, (await poll.Soon()).GetProperty("seq").GetInt64());
        var last = server.GetAsync($"/api/jobs/{id}?wait=50&after=9999");
        script.End(new WorkloadOutcome(null));
        Assert.Equal("succeeded", (await last.Soon()).Text("state"));
    }

    [Fact]
    public async Task The_elapsed_time_of_a_running_job_is_up_to_now()
    {
        var script = server.Workload["elapsed"];
        var id = (await server.SubmitAsync(run: "elapsed")).Id();
        await script.Begun;

        // A second in which nothing is said; and between the job's clock and the wall's a little may lie.
        await Settled(id);
        var running = await server.GetAsync($"/api/jobs/{id}?wait=1");
        var elapsed = running.GetProperty("serverTime").GetDateTimeOffset() - running.GetProperty("startedAt").GetDateTimeOffset();
        Assert.InRange(
            running.GetProperty("elapsedMs").GetInt64(), (long)elapsed.TotalMilliseconds - 1, (long)elapsed.TotalMilliseconds + 500);
        Assert.True(elapsed > TimeSpan.FromMilliseconds(500), $"{elapsed}");
        script.End(new WorkloadOutcome(null));
    }

    private async Task<System.Text.Json.JsonElement> Settled(string id)
    {
        // The handler runs before its first events are on disk; a poll waits for them.
        var snapshot = await server.GetAsync($"/api/jobs/{id}");
        while (snapshot.Text("state") == "queued")
            snapshot = await server.GetAsync($"/api/jobs/{id}?wait=20&after={snapshot.GetProperty("seq").GetInt64()}");
        return snapshot;
    }

    private async Task<HttpResponseMessage> SendAsync(string path, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation(header, value);
        return await server.Client.SendAsync(request);
    }
}

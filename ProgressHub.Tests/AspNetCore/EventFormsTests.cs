using System.Net;
using System.Text.Json;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore;

public sealed class EventFormsTests(WebServer server) : IClassFixture<WebServer>
{
    [Theory]
    [InlineData(null, "text/event-stream")]
    [InlineData("*/*", "text/event-stream")]
    [InlineData("text/event-stream", "text/event-stream")]
    [InlineData("text/html, */*;q=0.1", "text/event-stream")]
    [InlineData("application/json", "application/json")]
    [InlineData("application/json;q=0.9, text/event-stream;q=0.8", "application/json")]
    [InlineData("text/event-stream;q=0, */*", "application/json")]
    [InlineData("application/x-ndjson", "application/x-ndjson")]
    [InlineData("TEXT/CSV", "text/csv")]
    public async Task The_form_of_the_events_follows_what_is_accepted(string? accept, string expected)
    {
        var id = (await server.RunAsync()).Id();
        using var response = await GetAsync($"/api/jobs/{id}/events", accept);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(expected, response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("image/png")]
    [InlineData("application/problem+json")]
    public async Task A_form_that_there_is_not_is_406(string accept)
    {
        var id = (await server.RunAsync()).Id();
        using var response = await GetAsync($"/api/jobs/{id}/events", accept);

        await response.IsProblemAsync(406, "not_acceptable");
    }

    [Theory]
    [InlineData("?after=1", true)]
    [InlineData("?after=rubbish", false)]
    [InlineData("?after=%2B1", false)]
    [InlineData("?after=%201", false)]
    [InlineData("?after=%D9%A1", false)]
    [InlineData("", false)]
    public async Task A_stream_gets_the_cursor_of_the_query_and_an_unreadable_one_is_none(string query, bool isRead)
    {
        var job = await server.RunAsync();
        var last = job.GetProperty("seq").GetInt64();
        using var response = await GetAsync($"/api/jobs/{job.Id()}/events{query}", "text/event-stream");

        // Without a cursor the stream of an ended job begins right before its end.
        var expected = isRead ? 1 : last - 1;
        Assert.NotEqual(1, last - 1);
        Assert.StartsWith($"event: snapshot\nid: {expected}\n", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_run_through_the_whole_log_without_a_gap()
    {
        var id = (await server.RunAsync()).Id();
        var seen = new List<long>();
        var next = JsonDocument.Parse("0").RootElement;
        while (next.ValueKind == JsonValueKind.Number)
        {
            var page = await server.GetAsync($"/api/jobs/{id}/events?format=json&limit=2&after={next.GetInt64()}");
            Assert.InRange(page.GetProperty("events").GetArrayLength(), 1, 2);
            seen.AddRange(page.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("seq").GetInt64()));
            next = page.GetProperty("next");
        }

        Assert.Equal(Enumerable.Range(1, seen.Count).Select(i => (long)i), seen);
        Assert.Equal("""{"events":[],"next":null}""", (await server.GetAsync($"/api/jobs/{id}/events?format=json&after=999")).GetRawText());
    }

    [Fact]
    public async Task An_export_holds_every_event_of_a_long_log_in_both_forms()
    {
        var script = server.Workload["export"];
        var id = (await server.SubmitAsync(run: "export")).Id();
        script.Begin(async c =>
        {
            for (var i = 0; i < 1200; i++)
                await c.LogAsync(JobLogLevel.Info, $"line {i}");
        });
        script.End(new WorkloadOutcome(null));
        var count = (await server.EndAsync(id)).GetProperty("seq").GetInt64();

        using var ndjson = await GetAsync($"/api/jobs/{id}/events", "application/x-ndjson");
        var lines = (await ndjson.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(count, lines.Length);
        Assert.Equal("done", JsonDocument.Parse(lines[^1]).RootElement.Text("type"));
        Assert.Equal($"job-{id}.ndjson", ndjson.Content.Headers.ContentDisposition?.FileName?.Trim('"'));

        using var csv = await GetAsync($"/api/jobs/{id}/events", "text/csv");
        var rows = (await csv.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(count + 1, rows.Length);
        Assert.StartsWith("seq,at,type,", rows[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_quotes_what_would_break_it_and_disarms_what_a_spreadsheet_would_run()
    {
        var script = server.Workload["csv"];
        var id = (await server.SubmitAsync(run: "csv")).Id();
        await script.DoAsync(async c =>
        {
            await c.LogAsync(JobLogLevel.Warning, "=HYPERLINK(\"http://evil\")");
            await c.PartialAsync(new PartialResult(0, 2) { Text = "two\nlines, \"quoted\"" });
            await c.PartialAsync(new PartialResult(1, 2) { Text = "@SUM(A1)" });
        });
        script.End(new WorkloadOutcome(null));
        await server.EndAsync(id);
        using var response = await GetAsync($"/api/jobs/{id}/events", "text/csv");
        var table = await response.Content.ReadAsStringAsync();

        Assert.Contains(",warning,,,,\"'=HYPERLINK(\"\"http://evil\"\")\",\r\n", table, StringComparison.Ordinal);
        Assert.Contains(",0,true,,\"two\nlines, \"\"quoted\"\"\",\r\n", table, StringComparison.Ordinal);
        Assert.Contains(",1,true,,'@SUM(A1),\r\n", table, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        return await server.Client.SendAsync(request);
    }
}

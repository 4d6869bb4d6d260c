using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore;

[Collection(AloneCollection.Name)]
public sealed partial class OperationsTests(WebServer server) : IClassFixture<WebServer>
{
    [Fact]
    public async Task The_server_is_live_and_ready_and_lists_engines_that_are_not()
    {
        Assert.Equal("live", (await server.GetAsync("/health/live")).Text("status"));
        var ready = await server.GetAsync("/health/ready");

        Assert.Equal("ready", ready.Text("status"));
        Assert.True(ready.GetProperty("storage").GetProperty("writable").GetBoolean());
        var degraded = Assert.Single(ready.GetProperty("degradedEngines").EnumerateArray());
        Assert.Equal("scripted", degraded.Text("kind"));
        Assert.Equal("other", degraded.Text("engine"));
        Assert.Equal("Install it.", degraded.Text("hint"));
    }

    [Fact]
    public async Task A_server_that_can_not_write_is_live_and_not_ready_and_says_why()
    {
        await using var broken = new WebServer();
        broken.Store.Broken = true;
        using var live = await broken.Client.GetAsync("/health/live");
        using var ready = await broken.Client.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.NotNull(ready.Headers.RetryAfter);
        var report = await WebServer.ReadAsync(ready);
        Assert.Equal("unready", report.Text("status"));
        Assert.Equal("The disk is full.", report.GetProperty("storage").Text("reason"));
    }

    [Fact]
    public async Task Metrics_are_Prometheus_text_every_line_of_it()
    {
        await server.RunAsync();
        using var response = await server.Client.GetAsync("/metrics");
        var text = await response.Content.ReadAsStringAsync();

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var types = new Dictionary<string, string>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
                Assert.True(types.TryAdd(line.Split(' ')[2], line.Split(' ')[3]), $"Declared twice: {line}");
            else if (!line.StartsWith("# HELP ", StringComparison.Ordinal))
                Assert.True(Sample().IsMatch(line), $"Not a sample: {line}");
        }

        Assert.Equal("gauge", types["progresshub_jobs"]);
        Assert.Equal("gauge", types["progresshub_queue_depth"]);
        Assert.Equal("gauge", types["progresshub_watchers"]);
        Assert.Equal("counter", types["progresshub_jobs_submitted_total"]);
        Assert.Equal("histogram", types["http_server_request_duration_seconds"]);
        Assert.Contains(types.Keys, name => name.StartsWith("dotnet_", StringComparison.Ordinal));
        Assert.Contains("progresshub_jobs{kind=\"scripted\",state=\"waitingForInput\"} 0\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_histogram_counts_upward_and_ends_in_its_count()
    {
        await server.RunAsync();
        var text = await server.Client.GetStringAsync("/metrics");
        var series = text.Split('\n').Where(l => l.StartsWith("http_server_request_duration_seconds", StringComparison.Ordinal)
            && l.Contains("http_route=\"/api/jobs/\"", StringComparison.Ordinal) && l.Contains("POST", StringComparison.Ordinal)
            && l.Contains("\"202\"", StringComparison.Ordinal)).ToList();
        var buckets = series.Where(l => l.Contains("_bucket{", StringComparison.Ordinal)).Select(Value).ToList();

        Assert.Equal(buckets.Order(), buckets);
        Assert.Contains("le=\"+Inf\"", series.Last(l => l.Contains("_bucket{", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(buckets[^1], Value(series.Single(l => l.Contains("_count{", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task The_API_page_is_served_from_here_alone()
    {
        using var page = await server.Client.GetAsync("/docs/index.html");
        using var script = await server.Client.GetAsync("/docs/swagger-ui-bundle.js");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(HttpStatusCode.OK, script.StatusCode);
        Assert.DoesNotMatch("(src|href)=[\"']?(https?:)?//", await page.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Engines_that_fail_to_answer_are_answered_for()
    {
        await using var other = new WebServer();
        other.Workload.Engines = null;
        var ready = await other.GetAsync("/health/ready");

        Assert.Equal("ready", ready.Text("status"));
    }

    [GeneratedRegex("""^[a-zA-Z_:][a-zA-Z0-9_:]*(\{[a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\["\\n])*"(,[a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\["\\n])*")*\})? ([-+]?[0-9.]+(E[-+]?[0-9]+)?|[+-]Inf|NaN)$""")]
    private static partial Regex Sample();

    private static double Value(string sample) => double.Parse(sample.Split(' ')[^1], CultureInfo.InvariantCulture);
}

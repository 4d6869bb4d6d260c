using System.Text.Json;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.EndToEnd;

/// <summary>What the real server tells a collector, and its log as JSON.</summary>
public sealed class TelemetryTests
{
    private const string Submitter = "0af7651916cd43dd8448eb211c80319c";

    [Fact]
    public async Task A_job_is_one_trace_from_the_request_to_the_call_of_the_engine_though_the_server_is_killed()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var server = await ServerProcess.StartNewAsync(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_BSP_SCHEDULE_DELAY", "100"), ("OTEL_METRIC_EXPORT_INTERVAL", "500"), ("Translation:MaxParallelBatches", "1"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/jobs");
        request.Headers.Add("traceparent", $"00-{Submitter}-b7ad6b7169203331-01");
        request.Content = WebServer.Json(new
        {
            kind = "translation", input = new { text = LongTexts.Prose(4_000), targetLanguage = "es", engine = "apertium", batchCharacters = 400 },
        });
        using var response = await server.Client.SendAsync(request);
        var id = (await WebServer.ReadAsync(response)).Id();
        await Patience.UntilAsync(() => Named("process apertium").Count > 1, "the engine was called");

        await server.KillAsync();
        await server.StartAsync();
        await server.Client.EndAsync(id);
        await Patience.UntilAsync(() => Named("attempt translation").Count > 0, "the attempt has ended");

        var submitted = Assert.Single(receiver.Spans, s => s.Parent == "b7ad6b7169203331");
        var attempt = Assert.Single(Named("attempt translation"));
        var stages = receiver.Spans.Where(s => s.Name.StartsWith("stage ", StringComparison.Ordinal)).ToList();
        Assert.StartsWith("POST", submitted.Name, StringComparison.Ordinal);
        Assert.Equal(Submitter, submitted.Trace);
        Assert.Equal((Submitter, submitted.Id), (attempt.Trace, attempt.Parent));
        Assert.Contains(stages, s => s.Parent == attempt.Id);
        Assert.Contains(Named("process apertium"), s => s.Trace == Submitter && stages.Any(stage => stage.Id == s.Parent));
        Assert.DoesNotContain(receiver.Spans, s => s.Name.Contains("/health", StringComparison.Ordinal));
        await Patience.UntilAsync(
            () => receiver.Metrics.Contains("progresshub.jobs.finished") && receiver.Metrics.Contains("progresshub.jobs"), "metrics have come");
        server.AssertCalm();

        List<ReceivedSpan> Named(string name) => [.. receiver.Spans.Where(s => s.Name == name)];
    }

    [Fact]
    public async Task The_log_is_JSON_line_by_line_where_that_is_set()
    {
        await using var server = await ServerProcess.StartNewAsync(
            ("Logging:Console:FormatterName", "json"), ("Logging:Console:FormatterOptions:IncludeScopes", "true"));
        await server.Client.EndAsync(await server.Client.SubmitAsync(JobCalls.Pseudo("The lamp.")));
        await server.StopAsync();

        var lines = server.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();

        Assert.Contains(lines, l => l.Text("Message")!.StartsWith("ProgressHub is at http://", StringComparison.Ordinal));
    }
}

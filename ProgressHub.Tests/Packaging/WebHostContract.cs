using System.Net;
using System.Text.Json;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Packaging;

/// <summary>What the web host of the examples does, however it was built.</summary>
public abstract class WebHostContract
{
    private const int Parts = 20;
    private const string Text = "One fish, two fish, red fish, blue fish.";

    /// <summary>The path of its program.</summary>
    protected abstract string Program { get; }

    [Fact]
    public async Task A_job_is_watched_to_its_end_and_its_result_read()
    {
        await using var host = await StartAsync();
        var id = await SubmitAsync(host.Client, new { text = Text, parts = Parts });

        await using var stream = await EventStream.OpenAsync(host.Client, $"/api/jobs/{id}/events?after=0");
        var events = await stream.RestAsync();

        Assert.Equal("done", events[^1].EventType);
        Assert.Equal("succeeded", JsonElement.Parse(events[^1].Data).GetProperty("state").GetString());
        Assert.Equal(Parts, events.Count(e => e.EventType == "partial"));
        Assert.Equal("8 words\n", await host.Client.GetStringAsync($"/api/jobs/{id}/result"));
        host.AssertCalm();
    }

    [Fact]
    public async Task A_killed_host_goes_on_where_it_was_and_does_nothing_twice()
    {
        await using var host = await StartAsync();
        var id = await SubmitAsync(host.Client, new { text = Text, parts = Parts, pauseMs = 100 });
        var seen = new List<SeenEvent>();
        await using (var stream = await EventStream.OpenAsync(host.Client, $"/api/jobs/{id}/events?after=0"))
        {
            while (seen.Count(e => e.Type == "partial") < 3)
                Note(seen, (await stream.NextAsync())!.Value);
        }

        await host.KillAsync();
        await host.StartAsync();
        await using (var stream = await EventStream.OpenAsync(host.Client, $"/api/jobs/{id}/events", $"{seen[^1].Seq}"))
        {
            foreach (var item in await stream.RestAsync())
                Note(seen, item);
        }

        Assert.Equal(Enumerable.Range(1, seen.Count).Select(i => (long)i), seen.Select(e => e.Seq));
        Assert.Equal(2, seen.Count(e => e.Type == "started"));
        Assert.Equal(Enumerable.Range(0, Parts), seen.Where(e => e.Type == "partial").Select(e => e["index"].GetInt32()));
        Assert.Equal("succeeded", seen[^1]["state"].GetString());
    }

    [Fact]
    public async Task An_input_that_does_not_fit_is_refused_with_the_name_of_its_property()
    {
        await using var host = await StartAsync();

        using var response = await host.Client.PostAsync("/api/jobs", WebServer.Json(new { kind = "wordcount", input = new { } }));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal("text", (await WebServer.ReadAsync(response)).GetProperty("property").GetString());
    }

    [Fact]
    public async Task It_has_its_one_workload_and_no_pages()
    {
        await using var host = await StartAsync();

        var workloads = await host.Client.JsonAsync("/api/workloads");
        using var page = await host.Client.GetAsync("/");

        Assert.Contains("wordcount", workloads.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("translation", workloads.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
    }

    private static void Note(List<SeenEvent> seen, System.Net.ServerSentEvents.SseItem<string> item)
    {
        // The snapshot a stream begins with and its heartbeats are not in the log.
        if (item.EventType is not ("snapshot" or "heartbeat"))
            seen.Add(new SeenEvent(item.Data));
    }

    private static async Task<string> SubmitAsync(HttpClient client, object input)
    {
        using var response = await client.PostAsync("/api/jobs", WebServer.Json(new { kind = "wordcount", input }));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return (await WebServer.ReadAsync(response)).Id();
    }

    private Task<ServerProcess> StartAsync() => ServerProcess.StartProgramAsync(Program);
}

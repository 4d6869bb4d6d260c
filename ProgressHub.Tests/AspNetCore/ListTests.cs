using System.Net;
using System.Text.Json;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore;

public sealed class ListTests(WebServer server) : IClassFixture<WebServer>
{
    [Fact]
    public async Task Jobs_are_listed_newest_first_in_pages_and_narrowed_by_every_filter()
    {
        var ended = new List<string>();
        foreach (var title in (string[])["Alpha", "Beta", "Alphabet"])
            ended.Add((await server.RunAsync(title: title)).Id());
        var script = server.Workload["listed"];
        var running = (await server.SubmitAsync(run: "listed", title: "<i>Gamma</i>")).Id();
        await script.Begun;

        Assert.Equal([running, ended[2], ended[1], ended[0]], Ids(await server.GetAsync("/api/jobs")));
        Assert.Equal([ended[2], ended[0]], Ids(await server.GetAsync("/api/jobs?q=alpha")));
        Assert.Equal([running], Ids(await server.GetAsync("/api/jobs?state=running,queued,waitingForInput")));
        Assert.Equal(3, Ids(await server.GetAsync("/api/jobs?state=Succeeded")).Count);
        Assert.Empty(Ids(await server.GetAsync("/api/jobs?kind=other")));
        Assert.Empty(Ids(await server.GetAsync("/api/jobs?tag=none")));

        Assert.Equal([ended[0], ended[1], ended[2], running], Ids(await server.GetAsync("/api/jobs?sort=oldest")));
        Assert.Equal([running, ended[0], ended[2], ended[1]], Ids(await server.GetAsync("/api/jobs?sort=title")));
        var oldest = await server.GetAsync("/api/jobs?sort=oldest&limit=2&q=a");
        Assert.Equal([ended[2], running], Ids(await server.GetAsync($"/api/jobs?sort=oldest&limit=2&q=a&cursor={oldest.Text("next")}")));
        var first = await server.GetAsync("/api/jobs?limit=3");
        var second = await server.GetAsync($"/api/jobs?limit=3&cursor={first.Text("next")}");
        Assert.Equal(3, Ids(first).Count);
        Assert.Equal([ended[0]], Ids(second));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
        Assert.Equal($"/api/jobs/{ended[0]}", second.GetProperty("jobs")[0].GetProperty("links").Text("self"));
        script.End(new WorkloadOutcome(null));
    }

    [Theory]
    [InlineData("state=done", "invalid_state", "state")]
    [InlineData("state=running,,queued", "invalid_state", "state")]
    [InlineData("sort=random", "invalid_parameter", "sort")]
    [InlineData("cursor=abc", "invalid_cursor", "cursor")]
    [InlineData("cursor=-1", "invalid_cursor", "cursor")]
    [InlineData("cursor=99999999999999999999", "invalid_cursor", "cursor")]
    [InlineData("limit=0", "invalid_parameter", "limit")]
    [InlineData("limit=201", "invalid_parameter", "limit")]
    [InlineData("limit=many", "invalid_parameter", "limit")]
    public async Task A_value_that_makes_no_sense_is_refused_by_name(string query, string code, string parameter)
    {
        using var response = await server.Client.GetAsync($"/api/jobs?{query}");

        Assert.Equal(parameter, (await response.IsProblemAsync(400, code)).Text("property"));
    }

    [Fact]
    public async Task An_endless_search_text_is_refused()
    {
        using var response = await server.Client.GetAsync($"/api/jobs?q={new string('x', 300)}");

        await response.IsProblemAsync(400, "invalid_parameter");
    }

    [Fact]
    public async Task Workloads_are_listed_with_their_schema_stages_and_engines()
    {
        var workload = Assert.Single((await server.GetAsync("/api/workloads")).GetProperty("workloads").EnumerateArray());

        Assert.Equal("scripted", workload.Text("kind"));
        Assert.Equal("Scripted", workload.Text("label"));
        Assert.Equal("Does what a test says.", workload.Text("description"));
        Assert.Equal("object", workload.GetProperty("inputSchema").Text("type"));
        Assert.Equal([0.25, 0.75], workload.GetProperty("stages").EnumerateArray().Select(s => s.GetProperty("weight").GetDouble()));
        Assert.True(workload.GetProperty("engines")[0].GetProperty("ready").GetBoolean());
        Assert.Equal("Install it.", workload.GetProperty("engines")[1].Text("hint"));
    }

    [Fact]
    public async Task Every_answer_about_jobs_may_be_kept_by_its_reader_only()
    {
        using var response = await server.Client.GetAsync("/api/jobs");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("no-cache, private", response.Headers.CacheControl?.ToString());
    }

    private static List<string> Ids(JsonElement page) => [.. page.GetProperty("jobs").EnumerateArray().Select(j => j.Id())];
}

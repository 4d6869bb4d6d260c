using System.Net;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore;

public sealed class ResultTests(WebServer server) : IClassFixture<WebServer>
{
    [Theory]
    [InlineData(null)]
    [InlineData("*/*")]
    [InlineData("text/plain")]
    [InlineData("text/html, */*;q=0.8")]
    [InlineData("application/json;q=0.5, text/*")]
    public async Task A_result_is_the_document_as_it_is(string? accept)
    {
        var id = (await server.RunAsync("<b>hello</b>")).Id();
        using var response = await GetAsync($"/api/jobs/{id}/result", accept);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/plain; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("<b>hello</b>", await response.Content.ReadAsStringAsync());
        Assert.Null(response.Content.Headers.ContentDisposition);
        Assert.StartsWith("sandbox;", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task A_textual_result_comes_inside_JSON_for_who_accepts_only_that()
    {
        var id = (await server.RunAsync("hello")).Id();
        using var response = await GetAsync($"/api/jobs/{id}/result", "application/json");

        var result = await WebServer.ReadAsync(response);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("hello", result.Text("text"));
        Assert.Equal("succeeded", result.Text("state"));
        Assert.True(result.GetProperty("complete").GetBoolean());
        Assert.Equal("text/plain; charset=utf-8", result.Text("contentType"));
    }

    [Theory]
    [InlineData("image/png")]
    [InlineData("text/plain;q=0, application/pdf")]
    [InlineData(";;;")]
    public async Task A_type_that_the_result_is_not_is_406(string accept)
    {
        var id = (await server.RunAsync()).Id();
        using var response = await GetAsync($"/api/jobs/{id}/result", accept);

        await response.IsProblemAsync(406, "not_acceptable");
    }

    [Fact]
    public async Task A_download_has_a_name_that_is_one_everywhere()
    {
        var id = (await server.RunAsync()).Id();
        using var response = await GetAsync($"/api/jobs/{id}/result?download=true", null);

        var disposition = response.Content.Headers.ContentDisposition;
        Assert.Equal("attachment", disposition?.DispositionType);
        Assert.Equal("_evil____b_.txt", disposition?.FileName?.Trim('"'));
    }

    [Fact]
    public async Task The_result_of_a_running_job_is_409_with_a_time_to_come_back_and_so_far_what_there_is()
    {
        var script = server.Workload["so-far"];
        var id = (await server.SubmitAsync(run: "so-far")).Id();
        await script.Begun;
        using var early = await GetAsync($"/api/jobs/{id}/result", null);
        using var nothing = await GetAsync($"/api/jobs/{id}/result?partial=true", null);
        await script.DoAsync(c => c.PartialAsync(new PartialResult(0, 2) { Text = "first" }).AsTask());
        await server.GetAsync($"/api/jobs/{id}?wait=20&after=2");
        using var some = await GetAsync($"/api/jobs/{id}/result?partial=true", "application/json");

        await early.IsProblemAsync(409, "not_finished");
        Assert.NotNull(early.Headers.RetryAfter?.Delta);
        await nothing.IsProblemAsync(404, "no_result");
        var soFar = await WebServer.ReadAsync(some);
        Assert.Equal("first", soFar.Text("text"));
        Assert.False(soFar.GetProperty("complete").GetBoolean());
        script.End(new WorkloadOutcome(null));
    }

    [Fact]
    public async Task A_result_can_be_waited_for()
    {
        var script = server.Workload["awaited"];
        var id = (await server.SubmitAsync(run: "awaited")).Id();
        await script.Begun;
        var waiting = GetAsync($"/api/jobs/{id}/result?wait=20", null);
        await script.DoAsync(c => c.PartialAsync(new PartialResult(0, 1) { Text = "not yet" }).AsTask());
        script.End(new WorkloadOutcome(ScriptedWorkload.Document("the end")));
        using var response = await waiting;

        Assert.Equal("the end", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_job_that_failed_without_a_result_says_so_and_still_gives_its_parts()
    {
        var script = server.Workload["failed"];
        var id = (await server.SubmitAsync(run: "failed")).Id();
        await script.DoAsync(c => c.PartialAsync(new PartialResult(0, 2) { Text = "half" }).AsTask());
        script.Fail(new WorkloadException("engine_unavailable", "The engine is away."));
        var ended = await server.EndAsync(id);
        using var whole = await GetAsync($"/api/jobs/{id}/result", null);
        using var parts = await GetAsync($"/api/jobs/{id}/result?partial=true", null);

        Assert.Equal("engine_unavailable", ended.GetProperty("error").Text("code"));
        await whole.IsProblemAsync(404, "no_result");
        Assert.Equal("half", await parts.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_form_that_a_kind_does_not_offer_is_refused_by_name()
    {
        var id = (await server.RunAsync()).Id();
        using var response = await GetAsync($"/api/jobs/{id}/result?format=srt", null);

        await response.IsProblemAsync(400, "invalid_parameter");
    }

    [Fact]
    public async Task A_JSON_result_is_not_wrapped()
    {
        var script = server.Workload["json"];
        var id = (await server.SubmitAsync(run: "json")).Id();
        script.End(new WorkloadOutcome(new ResultDocument("application/json", "result.json", "[1]"u8.ToArray())));
        await server.EndAsync(id);
        using var json = await GetAsync($"/api/jobs/{id}/result", "application/json");
        using var text = await GetAsync($"/api/jobs/{id}/result", "text/plain");

        Assert.Equal("[1]", await json.Content.ReadAsStringAsync());
        await text.IsProblemAsync(406, "not_acceptable");
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        return await server.Client.SendAsync(request);
    }
}

using System.Net;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.External;

public sealed class ReportTests(ExternalServer server) : IClassFixture<ExternalServer>
{
    [Fact]
    public async Task The_token_comes_with_the_answer_to_submitting_and_nowhere_else()
    {
        var (id, token) = await server.BeginAsync();
        var other = await server.BeginAsync();
        var snapshot = await server.GetAsync($"/api/jobs/{id}");
        var scripted = await server.SubmitAsync();

        Assert.Equal(43, token.Length);
        Assert.NotEqual(token, other.Token);
        Assert.False(snapshot.TryGetProperty("writeToken", out _));
        Assert.False(scripted.TryGetProperty("writeToken", out _));
    }

    [Theory]
    [InlineData("updates", "{}")]
    [InlineData("complete", "{}")]
    [InlineData("fail", """{"message":"x"}""")]
    public async Task Only_the_token_of_that_job_lets_a_program_report(string path, string body)
    {
        var (id, token) = await server.BeginAsync();
        var other = await server.BeginAsync();

        using var wrong = await server.PostAsync(id, other.Token, path, body);
        using var cut = await server.PostAsync(id, token[..^1], path, body);
        using var none = await server.PostAsync(id, null, path, body);
        using var unknown = await server.PostAsync(new string('a', 32), token, path, body);
        using var notAnId = await server.PostAsync("nope", token, path, body);
        using var scripted = await server.PostAsync((await server.RunAsync()).Id(), token, path, body);

        await wrong.IsProblemAsync(403, "wrong_token");
        await cut.IsProblemAsync(403, "wrong_token");
        await none.IsProblemAsync(401, "token_required");
        await unknown.IsProblemAsync(404, "job_not_found");
        await notAnId.IsProblemAsync(404, "job_not_found");
        await scripted.IsProblemAsync(403, "wrong_token");
        Assert.Equal("running", (await server.TellAsync(id, token, "{}")).Text("state"));
    }

    [Fact]
    public async Task One_update_or_a_list_is_applied_and_answered()
    {
        var (id, token) = await server.BeginAsync(new { stages = new[] { new { name = "a" }, new { name = "b" } } });

        var one = await server.TellAsync(id, token, """{"number":1,"stage":"a","current":5,"total":10,"unit":"rows","message":"<b>5</b>"}""");
        var list = await server.TellAsync(id, token, """
            [{"number":2,"log":{"message":"plain"}},
             {"number":3,"log":[{"level":"error","message":"<script>\r\nalert(1)","step":1,"totalSteps":2}]},
             {"number":2,"log":{"message":"late"}},
             {"number":4,"partial":{"index":0,"total":1,"data":{"x":1}}}, {"heartbeat":true}]
            """);

        Assert.Equal((1, false, "running"), (one.GetProperty("number").GetInt32(), one.GetProperty("cancelRequested").GetBoolean(), one.Text("state")));
        Assert.Equal(4, list.GetProperty("number").GetInt32());
        Assert.True(list.GetProperty("seq").GetInt64() > one.GetProperty("seq").GetInt64());
        var snapshot = await server.GetAsync($"/api/jobs/{id}");
        Assert.Equal((0.25, "<b>5</b>", "rows"), (snapshot.GetProperty("fraction").GetDouble(), snapshot.Text("message"), snapshot.Text("unit")));
        Assert.Equal(["plain", "<script>\nalert(1)"], await server.LinesAsync(id));
        Assert.Equal(1, snapshot.GetProperty("partials").GetProperty("ok").GetInt32());
    }

    [Theory]
    [InlineData("", 400, "body_missing")]
    [InlineData("{", 400, "malformed_json")]
    [InlineData("1", 400, "invalid_body")]
    [InlineData("""{"number":"x"}""", 400, "invalid_body")]
    [InlineData("""{"number":0}""", 422, "invalid_update")]
    [InlineData("""{"fraction":1.5}""", 422, "invalid_update")]
    [InlineData("""{"current":-1}""", 422, "invalid_update")]
    [InlineData("""{"log":{"level":"loud","message":"x"}}""", 400, "invalid_body")]
    [InlineData("""{"log":"x"}""", 400, "invalid_body")]
    [InlineData("""{"partial":{"index":-1,"text":"x"}}""", 422, "invalid_update")]
    [InlineData("""{"partial":{"index":0}}""", 422, "invalid_update")]
    [InlineData("""{"log":{"level":"info"}}""", 400, "invalid_body")]
    [InlineData("""{"log":[{"message":"a"},{"message":null}]}""", 400, "invalid_body")]
    [InlineData("""{"stage":"other"}""", 422, "unknown_stage")]
    [InlineData("""[{"log":{"message":"x"}},{"number":-1}]""", 422, "invalid_update")]
    public async Task An_update_that_makes_no_sense_is_refused_and_nothing_of_it_counts(string body, int status, string code)
    {
        var (id, token) = await server.BeginAsync();

        using var response = await server.PostAsync(id, token, "updates", body);

        await response.IsProblemAsync(status, code);
        Assert.Empty(await server.LinesAsync(id));
    }

    [Fact]
    public async Task A_job_is_completed_with_its_result_once_and_asking_again_is_answered_alike()
    {
        var (id, token) = await server.BeginAsync();

        using var first = await server.PostAsync(id, token, "complete", """{"result":{"text":"<p>Done</p>","fileName":"page.html"}}""");
        using var again = await server.PostAsync(id, token, "complete", "{}");
        using var failed = await server.PostAsync(id, token, "fail", """{"message":"no"}""");
        using var late = await server.PostAsync(id, token, "updates", "{}");
        using var result = await server.Client.GetAsync($"/api/jobs/{id}/result");

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal("succeeded", (await WebServer.ReadAsync(first)).Text("state"));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal("succeeded", (await failed.IsProblemAsync(409, "job_finished")).Text("state"));
        await late.IsProblemAsync(409, "job_finished");
        Assert.Equal("<p>Done</p>", await result.Content.ReadAsStringAsync());
        Assert.Equal("text/plain", result.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("complete", """{"result":{}}""")]
    [InlineData("complete", """{"result":{"text":"a","json":1}}""")]
    [InlineData("complete", """{"result":{"text":"a","fileName":"../a"}}""")]
    [InlineData("fail", """{"message":"x","code":"Not A Code"}""")]
    public async Task An_end_that_makes_no_sense_is_refused_and_the_job_goes_on(string path, string body)
    {
        var (id, token) = await server.BeginAsync();

        using var response = await server.PostAsync(id, token, path, body);

        await response.IsProblemAsync(422, "invalid_update");
        Assert.Equal("running", (await server.TellAsync(id, token, "{}")).Text("state"));
    }

    [Fact]
    public async Task A_program_learns_that_its_job_was_canceled_and_reports_in_vain()
    {
        var (id, token) = await server.BeginAsync();
        await server.TellAsync(id, token, "{}");
        using var cancel = await server.Client.PostAsync($"/api/jobs/{id}/cancel", null);

        var answer = await server.TellAsync(id, token, """{"log":{"message":"late"}}""");
        await server.EndAsync(id);
        using var complete = await server.PostAsync(id, token, "complete", "{}");

        Assert.True(answer.GetProperty("cancelRequested").GetBoolean());
        Assert.Empty(await server.LinesAsync(id));
        Assert.Equal("canceled", (await complete.IsProblemAsync(409, "job_finished")).Text("state"));
    }

    [Fact]
    public async Task As_many_lines_as_a_request_can_hold_are_taken()
    {
        var (id, token) = await server.BeginAsync();
        var update = $$"""{"log":[{{string.Join(',', Enumerable.Repeat("""{"message":"x"}""", 100))}}]}""";
        var body = $"[{string.Join(',', Enumerable.Repeat(update, 300))}]";

        var answer = await server.TellAsync(id, token, body);

        Assert.Equal("running", answer.Text("state"));
        Assert.True(answer.GetProperty("seq").GetInt64() > 30_000);
        Assert.Equal("running", (await server.TellAsync(id, token, "{}")).Text("state"));
    }

    [Fact]
    public async Task A_retry_has_a_token_of_its_own()
    {
        var (id, token) = await server.BeginAsync();
        using var fail = await server.PostAsync(id, token, "fail", """{"message":"broke"}""");
        using var retried = await server.Client.PostAsync($"/api/jobs/{id}/retry", null);
        var job = await WebServer.ReadAsync(retried);

        Assert.Equal("running", (await server.TellAsync(job.Id(), job.Text("writeToken")!, "{}")).Text("state"));
        using var old = await server.PostAsync(job.Id(), token, "updates", "{}");
        await old.IsProblemAsync(403, "wrong_token");
    }
}

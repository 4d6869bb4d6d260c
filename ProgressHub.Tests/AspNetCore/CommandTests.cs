using System.Net;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore;

public sealed class CommandTests(WebServer server) : IClassFixture<WebServer>
{
    [Fact]
    public async Task Canceling_is_accepted_while_a_job_runs_and_changes_nothing_once_it_has_ended()
    {
        var script = server.Workload["cancel"];
        var id = (await server.SubmitAsync(run: "cancel")).Id();
        await script.Begun;
        using var first = await server.Client.PostAsync($"/api/jobs/{id}/cancel", null);
        var ended = await server.EndAsync(id);
        using var second = await server.Client.PostAsync($"/api/jobs/{id}/cancel", null);

        Assert.True(first.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.OK);
        Assert.Equal("canceled", ended.Text("state"));
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Equal("canceled", (await WebServer.ReadAsync(second)).Text("state"));
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/hook", "webhook_address_not_allowed"), InlineData("ftp://example.org/", "invalid_webhook_url")]
    public async Task A_test_of_an_address_is_refused_where_a_webhook_would_be(string url, string code)
    {
        using var response = await server.Client.PostAsync("/api/webhooks/test", WebServer.Json(new { url }));

        Assert.Equal("webhook.url", (await response.IsProblemAsync(422, code)).Text("property"));
    }

    [Fact]
    public async Task A_test_of_a_name_that_is_not_public_connects_to_nothing_and_says_so()
    {
        using var response = await server.Client.PostAsync("/api/webhooks/test", WebServer.Json(new { url = "http://localhost:9/hook" }));
        var answer = await WebServer.ReadAsync(response);

        Assert.False(answer.GetProperty("delivered").GetBoolean());
        Assert.Equal("The address is not public, and webhooks go to public addresses only.", answer.Text("error"));
        Assert.StartsWith("whsec_", answer.Text("secret"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_signs_in_anybody_pauses_the_queue_and_what_waits_begins_once_it_is_resumed()
    {
        using var paused = await server.Client.PostAsync("/api/queue/pause", null);
        var view = await WebServer.ReadAsync(paused);
        var id = (await server.SubmitAsync()).Id();
        using var resumed = await server.Client.PostAsync("/api/queue/resume", null);

        Assert.True(view.GetProperty("paused").GetBoolean());
        var pause = Assert.Single(view.GetProperty("pauses").EnumerateArray().ToList());
        Assert.Equal(["at"], pause.EnumerateObject().Select(property => property.Name));
        Assert.False((await WebServer.ReadAsync(resumed)).GetProperty("paused").GetBoolean());
        Assert.Equal("succeeded", (await server.EndAsync(id)).Text("state"));
    }

    [Theory]
    [InlineData("""{"scope":"all"}""")]
    [InlineData("""{"scope":"failed-items"}""")]
    [InlineData("{}")]
    [InlineData(null)]
    public async Task A_retry_is_a_new_job_that_names_the_old_one(string? body)
    {
        var script = server.Workload[$"retry{body}"];
        var id = (await server.SubmitAsync(run: $"retry{body}")).Id();
        script.Fail(new WorkloadException("broke", "It broke."));
        await server.EndAsync(id);
        using var response = await server.Client.PostAsync($"/api/jobs/{id}/retry", body is null ? null : WebServer.Raw(body));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var retried = await WebServer.ReadAsync(response);
        Assert.NotEqual(id, retried.Id());
        Assert.Equal(id, retried.Text("retryOf"));
        Assert.Equal($"/api/jobs/{retried.Id()}", response.Headers.Location?.OriginalString);
        script.End(new WorkloadOutcome(null));
    }

    [Fact]
    public async Task A_retry_that_makes_no_sense_is_refused()
    {
        var script = server.Workload["no-retry"];
        var running = (await server.SubmitAsync(run: "no-retry")).Id();
        var fine = (await server.RunAsync()).Id();
        using var early = await server.Client.PostAsync($"/api/jobs/{running}/retry", null);
        using var nothing = await server.Client.PostAsync($"/api/jobs/{fine}/retry", WebServer.Raw("""{"scope":"failed-items"}"""));
        using var unknown = await server.Client.PostAsync($"/api/jobs/{fine}/retry", WebServer.Raw("""{"scope":"some"}"""));
        using var absent = await server.Client.PostAsync($"/api/jobs/{new string('0', 32)}/retry", null);

        await early.IsProblemAsync(409, "not_finished");
        await nothing.IsProblemAsync(409, "nothing_failed");
        Assert.Equal("scope", (await unknown.IsProblemAsync(400, "invalid_body")).Text("property"));
        await absent.IsProblemAsync(404, "job_not_found");
        script.End(new WorkloadOutcome(null));
    }

    [Fact]
    public async Task Tags_are_given_and_taken_and_the_entity_tag_tells_of_it_also_once_the_job_has_ended()
    {
        var id = (await server.RunAsync()).Id();
        using var before = await server.Client.GetAsync($"/api/jobs/{id}");
        using var tagged = await server.Client.PostAsync($"/api/jobs/{id}/tags", WebServer.Raw("""{"add":["b","a"]}"""));
        using var changed = await server.Client.PostAsync($"/api/jobs/{id}/tags", WebServer.Raw("""{"add":["c"],"remove":["b"]}"""));
        using var refused = await server.Client.PostAsync($"/api/jobs/{id}/tags", WebServer.Raw("""{"add":[""]}"""));
        using var absent = await server.Client.PostAsync($"/api/jobs/{new string('0', 32)}/tags", WebServer.Raw("{}"));

        Assert.Equal("""["a","c"]""", (await WebServer.ReadAsync(changed)).GetProperty("tags").GetRawText());
        Assert.Equal(3, new[] { before, tagged, changed }.Select(answer => answer.Headers.ETag!.Tag).Distinct().Count());
        using var known = new HttpRequestMessage(HttpMethod.Get, $"/api/jobs/{id}") { Headers = { IfNoneMatch = { changed.Headers.ETag! } } };
        using var unchanged = await server.Client.SendAsync(known);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Equal("tags", (await refused.IsProblemAsync(422, "invalid_tag")).Text("property"));
        await absent.IsProblemAsync(404, "job_not_found");
    }

    [Fact]
    public async Task Only_a_job_that_waits_is_moved_to_the_front()
    {
        var ended = (await server.RunAsync()).Id();
        using var refused = await server.Client.PostAsync($"/api/jobs/{ended}/move-to-front", null);
        using var absent = await server.Client.PostAsync($"/api/jobs/{new string('0', 32)}/move-to-front", null);

        await refused.IsProblemAsync(409, "not_queued");
        await absent.IsProblemAsync(404, "job_not_found");
    }

    [Fact]
    public async Task A_question_is_answered_once_and_rightly()
    {
        var script = server.Workload["ask"];
        var id = (await server.SubmitAsync(run: "ask")).Id();
        string? answer = null;
        script.Begin(async c => answer = await c.AskAsync("Which <b>one</b>?", ["yes", "no"], Patience.Limit));
        var asking = await AskedAsync(id);
        var requestId = asking.GetProperty("pendingInput").Text("requestId")!;

        using var wrongRequest = await AnswerAsync(id, "other", "yes");
        using var wrongAnswer = await AnswerAsync(id, requestId, "perhaps");
        using var tooLong = await AnswerAsync(id, requestId, new string('x', 5000));
        using var right = await AnswerAsync(id, requestId, "yes");
        script.End(new WorkloadOutcome(null));
        await server.EndAsync(id);
        using var late = await AnswerAsync(id, requestId, "yes");

        await wrongRequest.IsProblemAsync(409, "wrong_request");
        await wrongAnswer.IsProblemAsync(409, "invalid_answer");
        await tooLong.IsProblemAsync(422, "answer_too_long");
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.Equal("yes", answer);
        await late.IsProblemAsync(409, "no_pending_input");
    }

    [Theory]
    [InlineData("", "body_missing")]
    [InlineData("{", "malformed_json")]
    [InlineData("""{"requestId":"x"}""", "invalid_body")]
    [InlineData("""{"requestId":"x","answer":1}""", "invalid_body")]
    public async Task An_answer_that_can_not_be_read_is_refused(string body, string code)
    {
        var id = (await server.RunAsync()).Id();
        using var response = await server.Client.PostAsync($"/api/jobs/{id}/answers", WebServer.Raw(body));

        await response.IsProblemAsync(400, code);
    }

    [Fact]
    public async Task A_job_that_has_not_ended_is_not_deleted()
    {
        var script = server.Workload["keep"];
        var id = (await server.SubmitAsync(run: "keep")).Id();
        using var response = await server.Client.DeleteAsync($"/api/jobs/{id}");

        await response.IsProblemAsync(409, "not_finished");
        script.End(new WorkloadOutcome(null));
    }

    [Theory]
    [InlineData("POST", "/cancel")]
    [InlineData("POST", "/retry")]
    [InlineData("POST", "/answers")]
    [InlineData("DELETE", "")]
    public async Task A_command_for_a_job_nobody_submitted_is_404(string method, string command)
    {
        foreach (var id in (string[])[new string('a', 32), "nope"])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/jobs/{id}{command}");
            if (command == "/answers")
                request.Content = WebServer.Raw("""{"requestId":"x","answer":"y"}""");
            using var response = await server.Client.SendAsync(request);

            await response.IsProblemAsync(404, "job_not_found");
        }
    }

    private async Task<System.Text.Json.JsonElement> AskedAsync(string id)
    {
        var snapshot = await server.GetAsync($"/api/jobs/{id}");
        while (snapshot.Text("state") != "waitingForInput")
            snapshot = await server.GetAsync($"/api/jobs/{id}?wait=20&after={snapshot.GetProperty("seq").GetInt64()}");
        return snapshot;
    }

    private Task<HttpResponseMessage> AnswerAsync(string id, string requestId, string answer) =>
        server.Client.PostAsync($"/api/jobs/{id}/answers", WebServer.Json(new { requestId, answer }));
}

using System.Text.Json;
using System.Text.Json.Nodes;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Accounts;

/// <summary>Agents with keys: the same owners and the same scopes as over the API.</summary>
[Collection(TokenCollection.Name)]
public sealed class AgentAccessTests(TokenServer server)
{
    private const string InvalidParams = "-32602";

    [Fact]
    public async Task An_agent_that_may_only_look_changes_nothing()
    {
        var user = await server.UserAsync();
        var (job, _) = await user.StartJobAsync();
        using var client = server.Client((await server.KeyAsync(user.Account, "jobs:read")).Key);
        var agent = new McpWire(client);

        var status = await agent.CallAsync("job_status", new { jobId = job });
        JsonElement[] refused =
        [
            await agent.CallAsync("job_cancel", new { jobId = job }), await agent.CallAsync("external", new { title = "x" }),
            await agent.CallAsync("upload_file", new { name = "a.txt", text = "a" }), await agent.AskAsync("tasks/cancel", job),
            await agent.AskAsync("tasks/update", job, new JsonObject { ["inputResponses"] = new JsonObject() }),
        ];

        Assert.Contains(job, status.GetRawText(), StringComparison.Ordinal);
        Assert.All(refused, answer =>
        {
            Assert.Equal(InvalidParams, answer.GetProperty("error").GetProperty("code").GetRawText());
            Assert.StartsWith("scope_missing", answer.GetProperty("error").Text("message"), StringComparison.Ordinal);
        });
        Assert.Equal("running", (await user.Client.AskAsync(HttpMethod.Get, $"/api/jobs/{job}")).Body.Text("state"));
    }

    [Fact]
    public async Task Of_somebody_elses_job_an_agent_hears_what_it_hears_of_none()
    {
        var (owner, stranger) = (await server.UserAsync(), await server.UserAsync());
        var (job, _) = await owner.StartJobAsync();
        var agent = new McpWire(stranger.Client);

        foreach (var ask in (Func<string, Task<JsonElement>>[])
            [id => agent.CallAsync("job_status", new { jobId = id }), id => agent.CallAsync("job_cancel", new { jobId = id }), id => agent.AskAsync("tasks/get", id), id => agent.AskAsync("tasks/cancel", id)])
        {
            var (theirs, none) = ((await ask(job)).GetRawText(), (await ask(OwnedThings.NoJob)).GetRawText());
            Assert.Equal(none.Replace(OwnedThings.NoJob, job, StringComparison.Ordinal), theirs);
        }
    }

    [Fact]
    public async Task The_same_idempotency_key_of_two_users_makes_two_jobs()
    {
        var (user, other) = (await server.UserAsync(), await server.UserAsync());
        var jobs = new List<string>();
        foreach (var client in (HttpClient[])[user.Client, user.Client, other.Client])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/jobs") { Content = WebServer.Json(new { kind = "external", input = new { } }) };
            request.Headers.Add("Idempotency-Key", "the-same-for-all");
            using var response = await client.SendAsync(request);
            jobs.Add((await WebServer.ReadAsync(response)).Id());
        }

        Assert.Equal(jobs[0], jobs[1]);
        Assert.NotEqual(jobs[0], jobs[2]);
    }
}

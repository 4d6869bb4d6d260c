using System.Net;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Accounts;

/// <summary>Administrators pause the start of jobs; everybody sees that they did.</summary>
[Collection(TokenCollection.Name)]
public sealed class QueuePauseTests(TokenServer server)
{
    private HttpClient Admin => server.Administrator.Client;

    [Fact]
    public async Task A_kind_that_is_paused_waits_and_another_passes_it_until_it_is_resumed()
    {
        var user = await server.UserAsync();
        var (status, paused) = await Admin.AskAsync(HttpMethod.Post, "/api/queue/pause", new { kind = "external" });
        try
        {
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.False(paused.GetProperty("paused").GetBoolean());
            var (waiting, _) = await user.StartJobAsync();
            var (_, other) = await user.Client.AskAsync(
                HttpMethod.Post, "/api/jobs", new { kind = "translation", input = new { text = "Hello.", targetLanguage = "es", engine = "pseudo" } });
            await UntilAsync(user, other.GetProperty("jobId").GetString()!, "succeeded");
            Assert.Equal("queued", await StateAsync(user, waiting));

            // Who paused it, and since when, is there for everybody; said again, it changes nothing.
            await Admin.AskAsync(HttpMethod.Post, "/api/queue/pause", new { kind = "external" });
            var (_, seen) = await user.Client.AskAsync(HttpMethod.Get, "/api/queue");
            Assert.Equal(paused.GetProperty("pauses").ToString(), seen.GetProperty("pauses").ToString());
            var pause = Assert.Single(seen.GetProperty("pauses").EnumerateArray().ToList());
            Assert.Equal(("external", server.Administrator.Name), (pause.GetProperty("kind").GetString(), pause.GetProperty("by").GetString()));
            Assert.True(seen.GetProperty("waiting").GetInt32() >= 1);

            var (_, resumed) = await Admin.AskAsync(HttpMethod.Post, "/api/queue/resume", new { kind = "external" });
            Assert.Empty(resumed.GetProperty("pauses").EnumerateArray());
            await UntilAsync(user, waiting, "running");
        }
        finally
        {
            await Admin.AskAsync(HttpMethod.Post, "/api/queue/resume", new { kind = "external" });
        }

        var audit = (await Admin.AskAsync(HttpMethod.Get, "/api/admin/audit?action=queue")).Body.GetProperty("entries").EnumerateArray()
            .Where(entry => entry.GetProperty("subject").GetString() == "external").ToList();
        Assert.Equal(["queue.resumed", "queue.paused"], audit.Select(entry => entry.GetProperty("action").GetString()));
        Assert.All(audit, entry => Assert.Equal(server.Administrator.Name, entry.GetProperty("account").GetString()));
    }

    [Theory]
    [InlineData("pause"), InlineData("resume")]
    public async Task Whoever_is_no_administrator_changes_nothing_and_a_kind_must_be_one(string change)
    {
        var user = await server.UserAsync();

        var (status, problem) = await user.Client.AskAsync(HttpMethod.Post, $"/api/queue/{change}");
        Assert.Equal((HttpStatusCode.Forbidden, "scope_missing"), (status, problem.Code()));
        Assert.Empty((await user.Client.AskAsync(HttpMethod.Get, "/api/queue")).Body.GetProperty("pauses").EnumerateArray());

        var (unknown, body) = await Admin.AskAsync(HttpMethod.Post, "/api/queue/pause", new { kind = "cows" });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "unknown_kind"), (unknown, body.Code()));
    }

    private static async Task<string?> StateAsync(TokenUser user, string job) =>
        (await user.Client.AskAsync(HttpMethod.Get, $"/api/jobs/{job}")).Body.GetProperty("state").GetString();

    private static Task UntilAsync(TokenUser user, string job, string state) =>
        Patience.UntilAsync(async () => await StateAsync(user, job) == state, $"the job is {state}");
}

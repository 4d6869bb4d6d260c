using System.Net;
using System.Text.Json;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Accounts;

/// <summary>What an administrator allows somebody holds, and says so when it does.</summary>
[Collection(TokenCollection.Name)]
public sealed class QuotaTests(TokenServer server)
{
    private HttpClient Admin => server.Administrator.Client;

    [Fact]
    public async Task One_runs_one_waits_and_the_third_is_told_when_to_come_back()
    {
        var (user, other) = (await server.UserAsync(), await server.UserAsync());
        await AllowAsync(user, new { jobsRunning = 1, jobsQueued = 1 });
        var (first, token) = await user.StartJobAsync();
        await UntilAsync(user, first, "running");
        var (second, _) = await user.StartJobAsync();
        var (others, _) = await other.StartJobAsync();

        using var third = await user.Client.PostAsync("/api/jobs", WebServer.Json(new { kind = "external", input = new { } }));
        var problem = await WebServer.ReadAsync(third);

        Assert.Equal((HttpStatusCode.TooManyRequests, "quota_jobs_queued"), (third.StatusCode, problem.Code()));
        Assert.NotNull(third.Headers.RetryAfter);
        await UntilAsync(other, others, "running");
        Assert.Equal("queued", await StateAsync(user, second));
        await user.Client.AskAsync(HttpMethod.Post, $"/api/jobs/{first}/cancel");
        await UntilAsync(user, second, "running");
        Assert.NotEmpty(token);
    }

    [Fact]
    public async Task A_days_jobs_are_counted_whatever_became_of_them_and_a_repeated_request_is_answered()
    {
        var user = await server.UserAsync();
        await AllowAsync(user, new { jobsPerDay = 1 });
        var body = new { kind = "external", input = new { } };
        using var once = await PostAsync(user, body, "same");
        var job = (await WebServer.ReadAsync(once)).GetProperty("jobId").GetString()!;
        await user.Client.AskAsync(HttpMethod.Post, $"/api/jobs/{job}/cancel");
        await UntilAsync(user, job, "canceled");

        using var again = await PostAsync(user, body, "same");
        Assert.Equal(job, (await WebServer.ReadAsync(again)).GetProperty("jobId").GetString());
        Assert.Equal(HttpStatusCode.NoContent, (await user.Client.AskAsync(HttpMethod.Delete, $"/api/jobs/{job}")).Status);

        using var more = await PostAsync(user, body, "another");
        var problem = await WebServer.ReadAsync(more);
        Assert.Equal((HttpStatusCode.TooManyRequests, "quota_jobs_per_day"), (more.StatusCode, problem.Code()));
        Assert.InRange(more.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        Assert.Contains("UTC", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);

        // Another system's clients are told in that system's words.
        var (status, dialect) = await user.Client.AskAsync(HttpMethod.Post, "/messages", new { content = "Hello.", model_name = "any" });
        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        Assert.False(dialect.TryGetProperty("type", out _), dialect.ToString());

        // Either way it is written down who took the job away.
        var audit = await AuditAsync($"person={user.Id}&action=job");
        Assert.Equal(["job.deleted", "job.canceled"], audit.Select(entry => entry.GetProperty("action").GetString()));
        Assert.All(audit, entry => Assert.Equal(job, entry.GetProperty("subject").GetString()));
    }

    [Fact]
    public async Task Bytes_beyond_the_bound_are_refused_and_what_is_used_is_shown_to_its_owner()
    {
        var user = await server.UserAsync();
        await AllowAsync(user, new { storageBytes = 100 });
        using var fits = await UploadAsync(user, 60);
        Assert.Equal(HttpStatusCode.Created, fits.StatusCode);

        using var more = await UploadAsync(user, 60);
        Assert.Equal((HttpStatusCode.Forbidden, "quota_storage"), (more.StatusCode, (await WebServer.ReadAsync(more)).Code()));

        var (_, mine) = await user.Client.AskAsync(HttpMethod.Get, "/api/account/usage");
        var (_, seen) = await Admin.AskAsync(HttpMethod.Get, $"/api/admin/accounts/{user.Id}/usage");
        Assert.Equal((60, 100), Bound(mine, "storageBytes"));
        Assert.Equal((60, 100), Bound(seen, "storageBytes"));
        Assert.False(mine.GetProperty("bounds").EnumerateArray().First(b => b.GetProperty("bound").GetString() == "tokensPerMonth").TryGetProperty("most", out _));
    }

    [Fact]
    public async Task Minutes_of_audio_are_those_of_the_recordings_and_one_that_passes_the_bound_is_not_heard()
    {
        var user = await server.UserAsync();
        await AllowAsync(user, new { audioMinutesPerMonth = 0.04 });
        var speech = WavMaker.Of(AlsaSpeech.Rate, 1, 16, false, false, AlsaSpeech.One("Front_Center"));

        var first = await TranscribeAsync(user, speech);
        await UntilAsync(user, await JobOfAsync(first), "succeeded");
        Assert.Equal(0.02m, await HeardAsync(user));
        var second = await JobOfAsync(await TranscribeAsync(user, speech));
        await UntilAsync(user, second, "failed");
        var (_, job) = await user.Client.AskAsync(HttpMethod.Get, $"/api/jobs/{second}");

        Assert.Equal("quota_audio_minutes", job.GetProperty("error").Code());
        Assert.Equal(0.02m, await HeardAsync(user));
        await AllowAsync(user, new { audioMinutesPerMonth = 0.02 });
        using var refused = await TranscribeAsync(user, speech);
        Assert.Equal((HttpStatusCode.TooManyRequests, "quota_audio_minutes"), (refused.StatusCode, (await WebServer.ReadAsync(refused)).Code()));
        Assert.NotNull(refused.Headers.RetryAfter);

        static async Task<HttpResponseMessage> TranscribeAsync(TokenUser user, byte[] wav)
        {
            using var form = new MultipartFormDataContent
            {
                { new StringContent("transcription"), "kind" },
                { new StringContent(JsonSerializer.Serialize(new { engine = "pocketsphinx", grammar = AlsaSpeech.Grammar })), "input" },
                { new ByteArrayContent(wav), "file", "front.wav" },
            };
            return await user.Client.PostAsync("/api/jobs", form);
        }

        static async Task<string> JobOfAsync(HttpResponseMessage accepted)
        {
            using (accepted)
                return (await WebServer.ReadAsync(accepted)).GetProperty("jobId").GetString()!;
        }

        static async Task<decimal> HeardAsync(TokenUser user) =>
            (await user.Client.AskAsync(HttpMethod.Get, "/api/account/usage")).Body.GetProperty("bounds").EnumerateArray()
                .First(bound => bound.GetProperty("bound").GetString() == "audioMinutesPerMonth").GetProperty("used").GetDecimal();
    }

    [Fact]
    public async Task What_is_set_replaces_what_was_set_and_nonsense_is_refused()
    {
        var user = await server.UserAsync();
        await AllowAsync(user, new { jobsRunning = 3, tokensPerMonth = (long?)null });
        var (_, set) = await Admin.AskAsync(HttpMethod.Get, $"/api/admin/accounts/{user.Id}/quota");
        Assert.Equal(["jobsRunning", "tokensPerMonth"], set.GetProperty("own").EnumerateObject().Select(own => own.Name));
        await AllowAsync(user, new { });
        var (_, reset) = await Admin.AskAsync(HttpMethod.Get, $"/api/admin/accounts/{user.Id}/quota");
        Assert.Empty(reset.GetProperty("own").EnumerateObject());

        foreach (var nonsense in (object[])[new { jobsRunning = 0 }, new { jobsPerDay = 1.5 }, new { storageBytes = -1 }, new { cows = 3 }])
        {
            var (status, problem) = await Admin.AskAsync(HttpMethod.Put, $"/api/admin/accounts/{user.Id}/quota", nonsense);
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "invalid_quota"), (status, problem.Code()));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await Admin.AskAsync(HttpMethod.Put, $"/api/admin/accounts/{OwnedThings.NoJob}/quota", new { })).Status);
        var audit = await AuditAsync($"person={user.Id}&action=quota.changed");
        Assert.Equal(["defaults", "jobsRunning=3, tokensPerMonth=none"], audit.Select(entry => entry.GetProperty("detail").GetString()));
        Assert.All(audit, entry => Assert.Equal(server.Administrator.Name, entry.GetProperty("account").GetString()));
    }

    private static (int Used, int Most) Bound(JsonElement usage, string name)
    {
        var bound = usage.GetProperty("bounds").EnumerateArray().First(b => b.GetProperty("bound").GetString() == name);
        return (bound.GetProperty("used").GetInt32(), bound.GetProperty("most").GetInt32());
    }

    private static async Task<string?> StateAsync(TokenUser user, string job) =>
        (await user.Client.AskAsync(HttpMethod.Get, $"/api/jobs/{job}")).Body.GetProperty("state").GetString();

    private static Task UntilAsync(TokenUser user, string job, string state) =>
        Patience.UntilAsync(async () => await StateAsync(user, job) == state, $"the job is {state}");

    private static Task<HttpResponseMessage> PostAsync(TokenUser user, object body, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/jobs") { Content = WebServer.Json(body) };
        request.Headers.Add("Idempotency-Key", key);
        return user.Client.SendAsync(request);
    }

    private static Task<HttpResponseMessage> UploadAsync(TokenUser user, int bytes)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/uploads");
        request.Headers.Add("Tus-Resumable", "1.0.0");
        request.Headers.Add("Upload-Length", $"{bytes}");
        return user.Client.SendAsync(request);
    }

    private async Task AllowAsync(TokenUser user, object bounds) =>
        Assert.Equal(HttpStatusCode.OK, (await Admin.AskAsync(HttpMethod.Put, $"/api/admin/accounts/{user.Id}/quota", bounds)).Status);

    private async Task<JsonElement[]> AuditAsync(string query) =>
        [.. (await Admin.AskAsync(HttpMethod.Get, $"/api/admin/audit?{query}")).Body.GetProperty("entries").EnumerateArray()];
}

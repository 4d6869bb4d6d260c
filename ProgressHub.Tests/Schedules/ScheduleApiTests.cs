using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.AspNetCore.Accounts;
using ProgressHub.Core.Schedules;
using ProgressHub.Tests.Accounts;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Schedules;

/// <summary>Schedules over the wire, on the whole server with real databases.</summary>
[Collection(TokenCollection.Name)]
public sealed class ScheduleApiTests(TokenServer server)
{
    private static readonly object Input = new { text = "Hello.", format = "plain", targetLanguage = "es", engine = "pseudo" };

    [Fact]
    public async Task A_schedule_is_made_read_paused_renamed_and_deleted()
    {
        var client = (await server.UserAsync()).Client;
        using var response = await client.PostAsync("/api/schedules", WebServer.Json(Daily()));
        var made = await WebServer.ReadAsync(response);
        Assert.True(response.StatusCode == HttpStatusCode.Created, made.ToString());
        var address = $"/api/schedules/{made.GetProperty("id").GetString()}";
        Assert.Equal(address, response.Headers.Location!.OriginalString);
        Assert.Equal((true, "skip", "Europe/Vienna"), (made.GetProperty("enabled").GetBoolean(), made.GetProperty("overlap").GetString(), made.GetProperty("timeZone").GetString()));

        var listed = Assert.Single((await AskAsync(client, HttpMethod.Get, "/api/schedules")).GetProperty("schedules").EnumerateArray());
        Assert.False(listed.TryGetProperty("input", out _));
        Assert.Equal("es", (await AskAsync(client, HttpMethod.Get, address)).GetProperty("input").GetProperty("targetLanguage").GetString());
        var next = (await AskAsync(client, HttpMethod.Get, "/api/schedules/preview?cron=0%206%20*%20*%201-5&timeZone=Europe/Vienna")).GetProperty("next");
        Assert.Equal((5, made.GetProperty("nextAt").GetDateTimeOffset()), (next.GetArrayLength(), next[0].GetDateTimeOffset()));

        var paused = await AskAsync(client, HttpMethod.Patch, address, new { enabled = false });
        Assert.False(paused.TryGetProperty("nextAt", out _));
        var renamed = await AskAsync(client, HttpMethod.Patch, address, new { name = "Later", at = "2099-07-24T22:00", overlap = "allow", enabled = true });
        Assert.Equal("2099-07-24T20:00:00+00:00", renamed.GetProperty("nextAt").GetString());
        Assert.Equal(("Later", "allow", false), (renamed.GetProperty("name").GetString(), renamed.GetProperty("overlap").GetString(), renamed.TryGetProperty("cron", out _)));

        Assert.Equal(HttpStatusCode.NoContent, (await client.AskAsync(HttpMethod.Delete, address)).Status);
        var (status, problem) = await client.AskAsync(HttpMethod.Get, address);
        Assert.Equal((HttpStatusCode.NotFound, "schedule_not_found"), (status, problem.Code()));
    }

    [Fact]
    public async Task It_is_run_by_hand_once_for_each_key()
    {
        var client = (await server.UserAsync()).Client;
        var address = $"/api/schedules/{(await AskAsync(client, HttpMethod.Post, "/api/schedules", Daily())).GetProperty("id").GetString()}";
        List<string> jobs = [];
        foreach (var key in (string[])["a", "a", "b"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{address}/run") { Headers = { { "Idempotency-Key", key } } };
            using var response = await client.SendAsync(request);
            var job = await WebServer.ReadAsync(response);
            Assert.True(response.StatusCode == HttpStatusCode.Accepted, job.ToString());
            Assert.Equal("Morning letter", job.GetProperty("title").GetString());
            Assert.Equal(["home", "schedule:Morning letter"], job.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
            jobs.Add(job.Id());
        }

        Assert.Equal((jobs[0], true), (jobs[1], jobs[2] != jobs[0]));
        var after = await AskAsync(client, HttpMethod.Get, address);
        Assert.Equal((jobs[2], "started"), (after.GetProperty("lastJobId").GetString(), after.GetProperty("lastRun").GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task The_server_submits_what_is_due()
    {
        var client = (await server.UserAsync()).Client;
        var soon = TimeProvider.System.GetUtcNow().AddSeconds(2).ToString("O", CultureInfo.InvariantCulture);
        var made = await AskAsync(client, HttpMethod.Post, "/api/schedules", new { name = "Soon", kind = "translation", input = Input, at = soon });
        JsonElement after = default;

        await Patience.UntilAsync(
            async () => (after = await AskAsync(client, HttpMethod.Get, $"/api/schedules/{made.GetProperty("id").GetString()}")).TryGetProperty("lastRun", out _),
            "the schedule was due");

        Assert.Equal(("started", false), (after.GetProperty("lastRun").GetProperty("outcome").GetString(), after.GetProperty("enabled").GetBoolean()));
        var job = after.GetProperty("lastJobId").GetString();
        Assert.Equal("Soon", (await AskAsync(client, HttpMethod.Get, $"/api/jobs/{job}")).GetProperty("title").GetString());
        Assert.Equal(job, Assert.Single((await AskAsync(client, HttpMethod.Get, "/api/jobs")).GetProperty("jobs").EnumerateArray()).Id());
    }

    [Fact]
    public async Task What_is_not_acceptable_is_refused_with_a_code_and_its_property()
    {
        var client = (await server.UserAsync()).Client;
        foreach (var (code, property, body) in ((string, string?, object)[])
        [
            ("bad_cron", "cron", new { name = "a", kind = "translation", input = Input, cron = "every day" }),
            ("unknown_time_zone", "timeZone", new { name = "a", kind = "translation", input = Input, cron = "* * * * *", timeZone = "Mars/Olympus" }),
            ("bad_at", "at", new { name = "a", kind = "translation", input = Input, at = "tonight" }),
            ("at_in_past", "at", new { name = "a", kind = "translation", input = Input, at = "2020-01-01T00:00Z" }),
            ("invalid_times", "cron", new { name = "a", kind = "translation", input = Input }),
            ("kind_not_scheduled", "kind", new { name = "a", kind = "external", input = new { }, cron = "* * * * *" }),
            ("secrets_not_scheduled", "input", new { name = "a", kind = "translation", input = new { text = "a", targetLanguage = "es", apiKey = "sk-1" }, cron = "* * * * *" }),
            ("files_not_scheduled", "input.file", new { name = "a", kind = "transcription", input = new { file = "0123" }, cron = "* * * * *" }),
        ])
        {
            var (status, problem) = await client.AskAsync(HttpMethod.Post, "/api/schedules", body);
            Assert.Equal((HttpStatusCode.UnprocessableEntity, code, property), (status, problem.Code(), problem.GetProperty("property").GetString()));
        }

        Assert.Equal("bad_cron", (await client.AskAsync(HttpMethod.Get, "/api/schedules/preview?cron=x")).Body.Code());
        Assert.Equal(HttpStatusCode.BadRequest, (await client.AskAsync(HttpMethod.Post, "/api/schedules", new { kind = "translation" })).Status);
        Assert.Empty((await AskAsync(client, HttpMethod.Get, "/api/schedules")).GetProperty("schedules").EnumerateArray());
    }

    [Fact]
    public async Task Somebody_elses_do_not_exist_and_a_key_that_may_read_changes_nothing()
    {
        var (user, other) = (await server.UserAsync(), await server.UserAsync());
        var address = $"/api/schedules/{(await AskAsync(user.Client, HttpMethod.Post, "/api/schedules", Daily())).GetProperty("id").GetString()}";
        foreach (var (method, path, body) in ((HttpMethod, string, object?)[])
            [(HttpMethod.Get, address, null), (HttpMethod.Patch, address, new { name = "Mine" }), (HttpMethod.Delete, address, null), (HttpMethod.Post, $"{address}/run", null)])
        {
            Assert.Equal("schedule_not_found", (await other.Client.AskAsync(method, path, body)).Body.Code());
        }

        using var reader = server.Client((await server.KeyAsync(user.Account, "jobs:read")).Key);
        Assert.Single((await AskAsync(reader, HttpMethod.Get, "/api/schedules")).GetProperty("schedules").EnumerateArray());
        Assert.Equal("scope_missing", (await reader.AskAsync(HttpMethod.Post, $"{address}/run")).Body.Code());
        Assert.Equal("scope_missing", (await reader.AskAsync(HttpMethod.Delete, address)).Body.Code());
    }

    [Fact]
    public async Task Schedules_go_on_as_long_as_the_account_is_enabled()
    {
        var user = await server.UserAsync();
        var owners = server.Services.GetRequiredService<IScheduleOwners>();
        Assert.True(await owners.AreActiveAsync(user.Id, default));

        await server.Services.GetRequiredService<AccountDirectory>().ChangeAsync(user.Id, new AccountChange { Enabled = false }, default);

        Assert.False(await owners.AreActiveAsync(user.Id, default));
    }

    private static object Daily() => new
    {
        name = "Morning letter", kind = "translation", input = Input, tags = new[] { "home" }, cron = "0 6 * * 1-5", timeZone = "Europe/Vienna",
    };

    private static async Task<JsonElement> AskAsync(HttpClient client, HttpMethod method, string path, object? body = null)
    {
        var (status, answer) = await client.AskAsync(method, path, body);
        Assert.True((int)status < 300, $"{method} {path}: {(int)status} {answer}");
        return answer;
    }
}

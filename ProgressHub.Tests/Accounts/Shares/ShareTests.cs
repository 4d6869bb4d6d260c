using System.Net;
using ProgressHub.AspNetCore.Accounts.Shares;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Accounts.Shares;

/// <summary>Jobs that are shared: with whom, by whom, who came, and what is refused.</summary>
[Collection(TokenCollection.Name)]
public sealed class ShareTests(TokenServer server)
{
    [Fact]
    public async Task What_is_shared_is_listed_on_both_sides_until_it_is_taken_back()
    {
        var (owner, reader) = (await server.UserAsync(), await server.UserAsync());
        var (job, _) = await owner.StartJobAsync("Shared work");
        var (other, _) = await owner.StartJobAsync("Work of its own");

        var share = await owner.ShareAsync(job, reader);

        var listed = Assert.Single(await owner.SharesAsync(job));
        Assert.Equal((share, reader.Name, "read"), (listed.GetProperty("id").GetString(), listed.GetProperty("account").GetProperty("name").GetString(), listed.GetProperty("right").GetString()));
        var mine = Assert.Single((await reader.Client.AskAsync(HttpMethod.Get, "/api/shares")).Body.GetProperty("shares").EnumerateArray());
        Assert.Equal((job, owner.Name), (mine.GetProperty("jobId").GetString(), mine.GetProperty("sharedBy").GetProperty("name").GetString()));
        var jobs = await reader.Client.GetStringAsync("/api/jobs?shared=true&q=shared&kind=external&state=queued,running");
        Assert.Contains(job, jobs, StringComparison.Ordinal);
        Assert.DoesNotContain(other, jobs, StringComparison.Ordinal);
        Assert.DoesNotContain(job, await reader.Client.GetStringAsync("/api/jobs?shared=true&q=nothing"), StringComparison.Ordinal);

        await owner.RevokeAsync(job, share);

        Assert.Equal("job_not_found", (await reader.Client.AskAsync(HttpMethod.Get, $"/api/jobs/{job}")).Body.Code());
        Assert.Empty((await reader.Client.AskAsync(HttpMethod.Get, "/api/shares")).Body.GetProperty("shares").EnumerateArray());
        Assert.Equal("share_not_found", (await owner.Client.AskAsync(HttpMethod.Delete, $"/api/jobs/{job}/shares/{share}")).Body.Code());
    }

    [Fact]
    public async Task Sharing_again_changes_what_somebody_may()
    {
        var (owner, other) = (await server.UserAsync(), await server.UserAsync());
        var (job, _) = await owner.StartJobAsync();
        await owner.ShareAsync(job, other, "manage");
        await owner.ShareAsync(job, other);

        Assert.Equal("read", Assert.Single(await owner.SharesAsync(job)).GetProperty("right").GetString());
        Assert.Equal((HttpStatusCode.Forbidden, "share_insufficient"), await CancelAsync(other, job));
    }

    [Fact]
    public async Task A_link_shows_who_opened_it_and_how_often()
    {
        var (owner, other) = (await server.UserAsync(), await server.UserAsync());
        var (job, _) = await owner.StartJobAsync();
        var (_, link) = await owner.LinkAsync(job);
        using var visitor = await server.OpenLinkAsync(link, job);
        using var again = await visitor.GetAsync(link);
        using var signedIn = await server.SignInAsync(other.Name);
        using var byAccount = await signedIn.GetAsync(link);

        var share = Assert.Single(await owner.SharesAsync(job));
        var openings = share.GetProperty("openedBy").EnumerateArray().ToArray();

        Assert.Equal(3, share.GetProperty("opens").GetInt64());
        Assert.False(share.TryGetProperty("link", out _));
        Assert.Equal(2, openings.Length);
        var somebody = openings.Single(o => !o.TryGetProperty("account", out _));
        Assert.Equal((2, "127.0.0.1"), (somebody.GetProperty("opens").GetInt32(), somebody.GetProperty("address").GetString()));
        Assert.Equal(other.Name, openings.Single(o => o.TryGetProperty("account", out _)).GetProperty("account").GetProperty("name").GetString());
        Assert.Equal(HttpStatusCode.OK, (await other.Client.AskAsync(HttpMethod.Get, $"/api/jobs/{job}")).Status);
        var audit = server.Audit();
        Assert.Contains(await audit, entry => entry.Action == "share.created" && entry.Subject!.StartsWith(job, StringComparison.Ordinal));
        Assert.Contains(await audit, entry => entry.Action == "share.opened" && entry.AccountId is null && entry.Subject!.StartsWith(job, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_secret_of_a_link_is_in_no_log_no_referrer_and_no_address_that_is_shown()
    {
        var owner = await server.UserAsync();
        var (job, _) = await owner.StartJobAsync();
        var (_, link) = await owner.LinkAsync(job);
        using var browser = server.Client();

        using var opened = await browser.GetAsync(link);
        using var page = await browser.GetAsync(opened.Headers.Location);

        var secret = link[(ShareLinks.Path.Length + 1)..];
        Assert.Equal("no-referrer", Assert.Single(opened.Headers.GetValues("Referrer-Policy")));
        Assert.DoesNotContain(secret, string.Concat(opened.Headers.SelectMany(h => h.Value)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("data-may=\"read\"", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains(server.Logs.Lines, line => line.Contains("GET /s answered 303", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Logs.Lines, line => line.Contains(secret, StringComparison.Ordinal));
        Assert.DoesNotContain("_blazor", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_is_over_revoked_or_mistyped_says_so_and_they_look_alike()
    {
        var owner = await server.UserAsync();
        var (job, _) = await owner.StartJobAsync();
        var (id, link) = await owner.LinkAsync(job);
        await owner.RevokeAsync(job, id);

        using var revoked = await server.Anonymous.GetAsync(link);
        using var wrong = await server.Anonymous.GetAsync("/s/nothing");

        Assert.Equal(HttpStatusCode.NotFound, revoked.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, wrong.StatusCode);
        Assert.Equal(await wrong.Content.ReadAsStringAsync(), await revoked.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("""{"account":"nobody-of-that-name"}""", "unknown_account")]
    [InlineData("""{"right":"manage"}""", "invalid_right")]
    [InlineData("""{"expiresAt":"2020-01-01T00:00:00Z"}""", "invalid_expiry")]
    [InlineData("""{"expiresAt":"2099-01-01T00:00:00Z"}""", "invalid_expiry")]
    [InlineData("""{"account":"OWN"}""", "own_job")]
    public async Task What_can_not_be_shared_is_refused(string body, string code)
    {
        var owner = await server.UserAsync();
        var (job, _) = await owner.StartJobAsync();
        using var response = await owner.Client.PostAsync($"/api/jobs/{job}/shares", WebServer.Raw(body.Replace("OWN", owner.Name, StringComparison.Ordinal)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal(code, (await WebServer.ReadAsync(response)).Code());
    }

    private static async Task<(HttpStatusCode, string)> CancelAsync(TokenUser user, string job)
    {
        var (status, body) = await user.Client.AskAsync(HttpMethod.Post, $"/api/jobs/{job}/cancel");
        return (status, body.Code());
    }
}

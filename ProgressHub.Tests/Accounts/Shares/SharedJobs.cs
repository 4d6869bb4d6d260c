using System.Net;
using System.Text.Json;

namespace ProgressHub.Tests.Accounts.Shares;

/// <summary>Shares of jobs, as a client makes them.</summary>
internal static class SharedJobs
{
    /// <summary>Shares a job with somebody; the share's id.</summary>
    public static async Task<string> ShareAsync(this TokenUser owner, string job, TokenUser with, string right = "read", DateTimeOffset? until = null)
    {
        var (status, share) = await owner.Client.AskAsync(
            HttpMethod.Post, $"/api/jobs/{job}/shares", new { account = with.Name, right, expiresAt = until });
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.False(share.TryGetProperty("link", out _));
        return share.GetProperty("id").GetString()!;
    }

    /// <summary>Makes a link to a job; the share's id and the link's path.</summary>
    public static async Task<(string Id, string Link)> LinkAsync(this TokenUser owner, string job, DateTimeOffset? until = null)
    {
        var (status, share) = await owner.Client.AskAsync(HttpMethod.Post, $"/api/jobs/{job}/shares", new { expiresAt = until });
        Assert.Equal(HttpStatusCode.Created, status);
        return (share.GetProperty("id").GetString()!, share.GetProperty("link").GetString()!);
    }

    /// <summary>Opens a link in a browser in which nobody has signed in.</summary>
    public static async Task<HttpClient> OpenLinkAsync(this TokenServer server, string link, string job)
    {
        var browser = server.Client();
        using var response = await browser.GetAsync(link);
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal($"/watch/{job}", response.Headers.Location!.OriginalString);
        return browser;
    }

    public static async Task RevokeAsync(this TokenUser owner, string job, string share) => Assert.Equal(
        HttpStatusCode.NoContent, (await owner.Client.AskAsync(HttpMethod.Delete, $"/api/jobs/{job}/shares/{share}")).Status);

    public static async Task<JsonElement[]> SharesAsync(this TokenUser owner, string job) =>
        [.. (await owner.Client.AskAsync(HttpMethod.Get, $"/api/jobs/{job}/shares")).Body.GetProperty("shares").EnumerateArray()];
}

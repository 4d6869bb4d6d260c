using System.Net;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore;

public sealed class LocalModeTests(LocalModeTests.Server server) : IClassFixture<LocalModeTests.Server>
{
    [Theory]
    [InlineData("/api/jobs")]
    [InlineData("/api/jobs/00000000000000000000000000000000/events")]
    [InlineData("/")]
    [InlineData("/metrics")]
    [InlineData("/docs/index.html")]
    [InlineData("/hubs/jobs?id=x")]
    public async Task A_foreign_host_name_is_refused_everywhere_so_that_rebound_DNS_leads_nowhere(string path)
    {
        foreach (var host in (string[])["evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "0.0.0.0", "192.168.1.2:5080"])
        {
            using var response = await SendAsync(HttpMethod.Get, path, ("Host", host));
            await response.IsProblemAsync(421, "foreign_host");
        }
    }

    [Theory]
    [InlineData("GET", "/api/shares")]
    [InlineData("POST", "/api/jobs/00000000000000000000000000000000/shares")]
    [InlineData("DELETE", "/api/jobs/00000000000000000000000000000000/shares/1")]
    public async Task There_is_nobody_to_share_with(string method, string path)
    {
        using var response = await SendAsync(new HttpMethod(method), path);

        await response.IsProblemAsync(409, "auth_mode_local");
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:1234")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]:80")]
    [InlineData("hub.internal:5080")]
    public async Task A_name_of_this_machine_or_a_configured_one_is_answered(string host)
    {
        using var response = await SendAsync(HttpMethod.Get, "/api/jobs", ("Host", host));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/api/jobs", "http://evil.example")]
    [InlineData("GET", "/api/jobs", "null")]
    [InlineData("GET", "/api/jobs", "http://localhost:1")]
    [InlineData("GET", "/api/jobs", "rubbish")]
    [InlineData("POST", "/api/jobs", "http://evil.example")]
    [InlineData("OPTIONS", "/api/jobs", "http://evil.example")]
    [InlineData("GET", "/api/jobs/00000000000000000000000000000000/events", "https://evil.example")]
    public async Task A_page_of_another_site_is_refused_whatever_it_asks(string method, string path, string origin)
    {
        using var response = await SendAsync(new HttpMethod(method), path, ("Origin", origin));

        await response.IsProblemAsync(403, "foreign_origin");
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_WebSocket_handshake_from_another_site_is_refused()
    {
        using var response = await SendAsync(
            HttpMethod.Get, "/hubs/jobs", ("Origin", "http://evil.example"), ("Connection", "Upgrade"),
            ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="));

        await response.IsProblemAsync(403, "foreign_origin");
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task A_form_that_another_site_sends_without_an_origin_is_refused(string site)
    {
        using var response = await SendAsync(HttpMethod.Post, "/api/jobs", ("Sec-Fetch-Site", site));
        using var followed = await SendAsync(HttpMethod.Get, "/api/jobs", ("Sec-Fetch-Site", site));

        await response.IsProblemAsync(403, "foreign_origin");
        Assert.Equal(HttpStatusCode.OK, followed.StatusCode);
    }

    [Theory]
    [InlineData("/api/events"), InlineData("/api/jobs"), InlineData("/metrics")]
    public async Task What_a_page_of_another_site_can_only_load_and_not_read_is_refused(string path)
    {
        using var response = await SendAsync(HttpMethod.Get, path, ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors"), ("Sec-Fetch-Dest", "image"));

        await response.IsProblemAsync(403, "foreign_origin");
        Assert.Equal("same-origin", Assert.Single(response.Headers.GetValues("Cross-Origin-Resource-Policy")));
    }

    [Theory]
    [InlineData("ftp://HOST"), InlineData("javascript://HOST"), InlineData("http://evil@HOST"), InlineData("http://HOST/"), InlineData("null")]
    public async Task An_origin_that_no_browser_sends_is_none_of_ours(string origin)
    {
        var sent = origin.Replace("HOST", server.Client.BaseAddress!.Authority, StringComparison.Ordinal);
        using var response = await SendAsync(HttpMethod.Get, "/api/jobs", ("Origin", sent));

        await response.IsProblemAsync(403, "foreign_origin");
    }

    [Fact]
    public async Task Our_own_pages_may_ask_also_behind_a_proxy_that_ends_TLS()
    {
        var host = server.Client.BaseAddress!.Authority;
        foreach (var scheme in (string[])["http", "https"])
        {
            using var response = await SendAsync(
                HttpMethod.Get, "/api/jobs", ("Origin", $"{scheme}://{host}"), ("Sec-Fetch-Site", "same-origin"));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("/api/jobs")]
    [InlineData("/api/events")]
    [InlineData("/hubs/jobs/negotiate?negotiateVersion=1")]
    public async Task A_configured_origin_may_ask_and_may_read_the_answer(string path)
    {
        using var preflight = await SendAsync(
            HttpMethod.Options, path, ("Origin", "http://localhost:3000"),
            ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "content-type,idempotency-key"));
        using var response = await SendAsync(
            HttpMethod.Get, "/api/jobs", ("Origin", "http://localhost:3000"), ("Sec-Fetch-Site", "same-site"));

        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Equal("http://localhost:3000", Assert.Single(preflight.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal("http://localhost:3000", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Contains("Location", Assert.Single(response.Headers.GetValues("Access-Control-Expose-Headers")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/nothing")]
    public async Task A_page_may_run_our_scripts_and_no_others(string path)
    {
        using var response = await SendAsync(HttpMethod.Get, path, ("Accept", "text/html"));
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));

        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains($"connect-src 'self' ws://{server.Client.BaseAddress!.Authority}", policy, StringComparison.Ordinal);
        Assert.Equal("same-origin", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("same-origin", Assert.Single(response.Headers.GetValues("Cross-Origin-Opener-Policy")));
        Assert.True(response.Headers.Contains("Permissions-Policy"));
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await server.Client.SendAsync(request);
    }

    /// <summary>A server that goes by one more name and lets one more site in.</summary>
    public sealed class Server : WebServer
    {
        protected override Dictionary<string, string?> Settings => new()
        {
            ["Auth:AllowedHosts:0"] = "hub.internal",
            ["Auth:AllowedOrigins:0"] = "http://localhost:3000",
        };
    }
}

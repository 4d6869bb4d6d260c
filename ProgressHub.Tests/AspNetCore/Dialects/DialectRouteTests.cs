using System.Net;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Dialects;

/// <summary>Who may use a dialect's routes, and how these refuse.</summary>
public sealed class DialectRouteTests(EchoServer server) : IClassFixture<EchoServer>
{
    private static readonly string Nobody = new('0', 32);

    [Theory]
    [InlineData("/echo/{0}")]
    [InlineData("/api/v1/streaming-chat/sse/{0}")]
    [InlineData("/api/v1/streaming-chat/progress/{0}")]
    public async Task A_site_of_the_dialects_may_ask_and_read_their_routes(string path)
    {
        using var preflight = await SendAsync(
            HttpMethod.Options, path, ("Origin", EchoServer.OtherSite), ("Access-Control-Request-Method", "GET"),
            ("Access-Control-Request-Headers", "authorization"));
        using var response = await SendAsync(HttpMethod.Get, path, ("Origin", EchoServer.OtherSite), ("Sec-Fetch-Site", "same-site"));

        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Equal(EchoServer.OtherSite, Assert.Single(preflight.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal("authorization", Assert.Single(preflight.Headers.GetValues("Access-Control-Allow-Headers")));
        Assert.Equal(EchoServer.OtherSite, Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
        await response.IsProblemAsync(404, "job_not_found");
    }

    [Theory]
    [InlineData("GET", "/api/jobs", EchoServer.OtherSite)]
    [InlineData("OPTIONS", "/api/jobs", EchoServer.OtherSite)]
    [InlineData("POST", "/api/jobs", EchoServer.OtherSite)]
    [InlineData("GET", "/api/jobs/00000000000000000000000000000000/events", EchoServer.OtherSite)]
    [InlineData("GET", "/echo/{0}", "http://localhost:3001")]
    [InlineData("OPTIONS", "/echo/{0}", "http://localhost:3001")]
    [InlineData("POST", "/api/v1/streaming-chat/ask-question", "https://evil.example")]
    public async Task No_other_route_is_open_to_it_and_to_no_other_site_is_any(string method, string path, string origin)
    {
        using var response = await SendAsync(
            new HttpMethod(method), path, ("Origin", origin), ("Access-Control-Request-Method", "GET"));

        await response.IsProblemAsync(403, "foreign_origin");
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_browser_that_opens_a_dialects_address_gets_data_and_no_page()
    {
        using var response = await SendAsync(HttpMethod.Get, "/echo/{0}", ("Accept", "text/html"));

        await response.IsProblemAsync(404, "job_not_found");
        Assert.StartsWith("default-src 'none'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "/echo/shaped", 400, "too_loud")]
    [InlineData("GET", "/echo/shaped/{0}", 404, "job_not_found")]
    public async Task An_endpoint_with_a_shape_of_its_own_refuses_in_it(string method, string path, int status, string code)
    {
        using var response = await SendAsync(new HttpMethod(method), path, ("Accept", "text/html"));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal($$"""{"oops":"{{code}}"}""", await response.Content.ReadAsStringAsync());
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path.Replace("{0}", Nobody, StringComparison.Ordinal));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await server.Client.SendAsync(request);
    }
}

using System.Net;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore;

public sealed class ErrorTests(WebServer server) : IClassFixture<WebServer>
{
    [Theory]
    [InlineData("/api")]
    [InlineData("/api/nothing")]
    [InlineData("/api/jobs/00000000000000000000000000000000/nothing")]
    public async Task An_unknown_address_of_the_API_is_a_problem_even_for_a_browser(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
        using var response = await server.Client.SendAsync(request);

        await response.IsProblemAsync(404, "not_found");
    }

    [Fact]
    public async Task An_unknown_page_is_a_page_for_a_browser_and_a_problem_for_a_program()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nothing?x=<script>");
        request.Headers.Accept.ParseAdd("text/html");
        using var page = await server.Client.SendAsync(request);
        using var problem = await server.Client.GetAsync("/nothing");

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("<script>", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await problem.IsProblemAsync(404, "not_found");
    }

    [Theory]
    [InlineData("PUT", "/api/jobs")]
    [InlineData("DELETE", "/api/workloads")]
    [InlineData("PATCH", "/api/jobs/00000000000000000000000000000000")]
    [InlineData("GET", "/api/jobs/00000000000000000000000000000000/cancel")]
    public async Task A_method_that_an_address_does_not_take_is_405_with_those_it_takes(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await server.Client.SendAsync(request);

        await response.IsProblemAsync(405, "method_not_allowed");
        Assert.NotEmpty(response.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_failure_of_the_server_is_500_and_tells_nothing_of_its_inside()
    {
        using var response = await server.Client.PostAsync(
            "/api/jobs", WebServer.Raw("""{"kind":"scripted","input":{"text":"explode"}}"""));

        var problem = await response.IsProblemAsync(500, "internal_error");
        Assert.DoesNotContain("secret of the server", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_with_markup_and_line_breaks_stays_escaped_in_the_problem()
    {
        using var response = await server.Client.GetAsync("/api/%3Cscript%3E%0d%0a");

        var problem = await response.IsProblemAsync(404, "not_found");
        Assert.Equal("/api/%3Cscript%3E%0D%0A", problem.Text("instance"), ignoreCase: true);
    }

    [Fact]
    public async Task An_error_keeps_the_security_headers()
    {
        using var response = await server.Client.GetAsync("/api/nothing");

        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains("default-src 'none'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Server"));
    }
}

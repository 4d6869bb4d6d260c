using System.Net;
using Microsoft.Playwright;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore;

/// <summary>What a browser is answered at addresses where there is nothing to see: the UI, and a status that says so.</summary>
public sealed class PageStatusTests(AnalysisServer server) : IClassFixture<AnalysisServer>
{
    private const string Unknown = "00000000000000000000000000000000";

    [Theory]
    [InlineData("/nonsense")]
    [InlineData("/nonsense/deeper?x=1")]
    [InlineData("/jobs/not-an-id")]
    [InlineData("/jobs/" + Unknown)]
    [InlineData("/jobs/" + Unknown + "/more")]
    [InlineData("/analysis/not-an-id")]
    [InlineData("/analysis/" + Unknown)]
    public async Task An_address_of_nothing_is_404_and_the_UI(string path)
    {
        using var response = await GetPageAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("_framework/blazor.web.", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("script-src 'self'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_is_there_is_200_and_one_that_was_deleted_is_410()
    {
        var id = (await server.RunAsync()).Id();
        using var there = await GetPageAsync($"/jobs/{id}");
        using var deleted = await server.Client.DeleteAsync($"/api/jobs/{id}");

        using var gone = await GetPageAsync($"/jobs/{id}");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Gone), (there.StatusCode, gone.StatusCode));
        Assert.Contains("_framework/blazor.web.", await gone.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_is_there_is_200()
    {
        var session = (await server.SessionAsync(new { sample = "prices" })).Text("id");

        using var list = await GetPageAsync("/analysis");
        using var there = await GetPageAsync($"/analysis/{session}");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (list.StatusCode, there.StatusCode));
    }

    [ChromiumFact]
    public async Task A_browser_shows_the_page_for_nothing_within_the_frame()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = ChromiumFactAttribute.Chromium, Args = ["--no-sandbox", "--disable-gpu", "--disable-quic"],
        });
        var page = await browser.NewPageAsync();
        page.SetDefaultTimeout((float)Patience.Limit.TotalMilliseconds);

        await page.GotoAsync(new Uri(server.Client.BaseAddress!, "/nonsense/deeper").ToString());

        await page.GetByRole(AriaRole.Heading, new() { Name = "There is no such page" }).WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Jobs" }).First.ClickAsync();
        await page.WaitForURLAsync("**/jobs");
    }

    private async Task<HttpResponseMessage> GetPageAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
        return await server.Client.SendAsync(request);
    }
}

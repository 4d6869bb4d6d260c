using Microsoft.Playwright;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore;

public sealed class PagePolicyTests(WebServer server) : IClassFixture<WebServer>
{
    [ChromiumFact]
    public async Task Every_page_works_in_a_browser_under_its_own_policy()
    {
        var id = (await server.RunAsync()).Id();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = ChromiumFactAttribute.Chromium, Args = ["--no-sandbox", "--disable-gpu", "--disable-quic"],
        });
        var page = await browser.NewPageAsync();
        page.SetDefaultTimeout((float)Patience.Limit.TotalMilliseconds);
        var refused = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
                refused.Add($"{page.Url}: {message.Text}");
        };

        var root = server.Client.BaseAddress!;
        foreach (var (path, sign) in ((string, string)[])[
            ("/", "h1"), ("/jobs", "h1"), ($"/jobs/{id}", "h1"), ($"/watch/{id}", "#title"),
            ("/docs/index.html", ".opblock-summary-path")])
        {
            await page.GotoAsync(new Uri(root, path).ToString());
            await page.Locator(sign).First.WaitForAsync();
        }

        Assert.Empty(refused);
    }
}

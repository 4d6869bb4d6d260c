using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using ProgressHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace ProgressHub.Tests.EndToEnd.Journeys;

/// <summary>axe-core finds nothing on any page, light or dark, wide or on a phone.</summary>
public sealed class AccessibilityJourneys(JourneyStage stage) : Journey(stage)
{
    private static readonly string[] Views = ["log", "result", "input", "files", "events", "webhook", "compare"];

    [ChromiumFact]
    public async Task Axe_finds_nothing_on_any_page()
    {
        Engine.Refuse("goat");
        var failed = await SubmitAsync("Failed letter");
        await (await Server.Client.GetAsync($"/api/jobs/{failed}/result?wait=20")).Content.ReadAsStringAsync();
        Engine.Hold();
        var running = await SubmitAsync("Running letter");
        Engine.Let(2);
        string[] pages =
        [
            "/", "/new", "/?do=transcribe", "/?do=ask", "/?do=analyse", "/?do=external", "/jobs", $"/jobs/{failed}", $"/jobs/{running}",
            "/collections", "/analysis", "/connect", "/settings", "/queue", "/engines", "/nowhere", $"/watch/{running}",
            .. (string[])[.. Views.Select(view => $"/jobs/{failed}?tab={view}")],
        ];

        List<string> violations = [];
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            foreach (var width in (int[])[1280, 390])
            {
                // axe itself is a script that the page's policy would not let in.
                var visit = await VisitAsync(new() { BypassCSP = true, ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 800 } });
                visit.ExpectStatus(404);
                var page = await visit.OpenAsync();
                foreach (var path in pages)
                {
                    await page.GotoAsync(path);
                    await Expect(page.Locator("h1")).ToBeVisibleAsync();
                    await Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
                    var found = await page.RunAxe();
                    if (path == "/jobs")
                    {
                        // With something selected, and with the palette open.
                        await page.GetByLabel("Select all jobs of this page").CheckAsync();
                        found = await page.RunAxe();
                        await page.Keyboard.PressAsync("Control+k");
                        await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Go to a page or a job" })).ToBeFocusedAsync();
                        var palette = await page.RunAxe();
                        violations.AddRange(palette.Violations.SelectMany(rule => rule.Nodes.Select(node => $"palette {scheme} {width}: {rule.Id} {node.Html}")));
                    }

                    violations.AddRange(found.Violations.SelectMany(rule => rule.Nodes.Select(node =>
                        $"{path} {scheme} {width}: {rule.Id} ({rule.Impact}) {node.Html} {string.Join(' ', node.Any.Select(check => check.Message))}")));
                }
            }
        }

        Assert.True(violations.Count == 0, string.Join('\n', violations));
    }
}

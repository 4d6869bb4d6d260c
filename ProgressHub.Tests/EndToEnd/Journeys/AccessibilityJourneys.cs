using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Pages;
using static Microsoft.Playwright.Assertions;

namespace ProgressHub.Tests.EndToEnd.Journeys;

/// <summary>axe-core finds nothing on any page, light or dark, wide or on a phone.</summary>
public sealed partial class AccessibilityJourneys(JourneyStage stage) : Journey(stage)
{
    private const string NobodyThere = "http://127.0.0.1:9/";

    private static readonly string[] Views = ["log", "result", "input", "files", "events", "webhook", "compare"];

    // Those of accounts are looked at where somebody is signed in.
    private static readonly string[] Elsewhere = ["/account", "/admin"];

    private static readonly (ColorScheme Scheme, int Width)[] Looks = [(ColorScheme.Light, 1280), (ColorScheme.Dark, 1280), (ColorScheme.Light, 390), (ColorScheme.Dark, 390)];

    [ChromiumFact]
    public async Task Axe_finds_nothing_on_any_page()
    {
        Engine.Refuse("goat");
        var failed = await SubmitAsync("Failed letter", webhook: NobodyThere);
        await (await Server.Client.GetAsync($"/api/jobs/{failed}/result?wait=20")).Content.ReadAsStringAsync();
        Engine.Hold();
        var running = await SubmitAsync("Running letter");
        Engine.Let(2);
        using var made = await Server.Client.PostAsJsonAsync("/api/sessions", new { name = "Prices", sample = "prices" });
        var session = (await made.Content.ReadFromJsonAsync<JsonElement>()).Text("id");
        using var planned = await Server.Client.PostAsJsonAsync(
            "/api/schedules", new { name = "Looked at", kind = "translation", cron = "0 6 * * *", input = new { text = "Hello.", format = "plain", targetLanguage = "es" } });
        var schedule = (await planned.Content.ReadFromJsonAsync<JsonElement>()).Text("id");
        string[] pages =
        [
            $"/analysis/{session}", "/collections/lighthouse", "/collections/lighthouse/passages/1", "/not-found",
            "/", "/new", "/?do=transcribe", "/?do=ask", "/?do=analyse", "/?do=external", $"/jobs/{failed}", $"/jobs/{running}",
            "/collections", "/analysis", "/connect", "/settings", "/queue", "/schedules", "/schedules/new", $"/schedules/{schedule}", "/webhooks", "/engines", "/nodes", "/nowhere", $"/watch/{running}",
            .. (string[])[.. Views.Select(view => $"/jobs/{failed}?tab={view}")], "/jobs",
        ];

        AssertNoneIsForgotten(pages);

        List<string> violations = [];
        var visit = await VisitAsync(new() { BypassCSP = true });
        visit.ExpectStatus(404);
        var page = await visit.OpenAsync();
        foreach (var path in pages)
        {
            await page.GotoAsync(path);
            await Expect(page.Locator("h1")).ToBeVisibleAsync();
            violations.AddRange(await LookAsync(page, path));
        }

        await page.GetByLabel("Select all jobs of this page").CheckAsync();
        violations.AddRange(await LookAsync(page, "selected jobs"));
        await page.Keyboard.PressAsync("Control+k");
        await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Go to a page or a job" })).ToBeFocusedAsync();
        violations.AddRange(await LookAsync(page, "palette"));
        Assert.True(violations.Count == 0, string.Join('\n', violations));

        // It would have found what is wrong in one look alone.
        await page.Keyboard.PressAsync("Escape");
        await page.AddStyleTagAsync(new() { Content = "@media (max-width: 400px) and (prefers-color-scheme: dark) { main h1 { color: #333; } }" });
        Assert.Equal("faded Dark 390: color-contrast", Assert.Single(await LookAsync(page, "faded"))[..30]);
    }

    /// <summary>What axe finds in each look. A page follows the scheme and the width without being loaded anew.</summary>
    private static async Task<List<string>> LookAsync(IPage page, string name)
    {
        List<string> violations = [];
        foreach (var (scheme, width) in Looks)
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await page.SetViewportSizeAsync(width, 800);
            await Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
            violations.AddRange(await AxeScan.FindAsync(page, $"{name} {scheme} {width}"));
        }

        return violations;
    }

    /// <summary>Each page that the UI has is among those looked at, so that a new one can't be left out.</summary>
    private static void AssertNoneIsForgotten(IEnumerable<string> visited)
    {
        string[] paths = [.. visited.Concat(Elsewhere).Select(path => path.Split('?')[0])];
        var routes = typeof(JobsPage).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes<RouteAttribute>()).Select(route => route.Template);

        string[] forgotten = [.. routes.Where(route => !paths.Any(path => Regex.IsMatch(path, $"^{Parameter().Replace(route, "[^/]+")}$")))];
        Assert.Empty(forgotten);
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}

using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProgressHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace ProgressHub.Tests.EndToEnd.Journeys;

/// <summary>What is there on every page: keys, news of jobs, settings.</summary>
public sealed class FrameJourneys(JourneyStage stage) : Journey(stage)
{
    [ChromiumFact]
    public async Task The_keyboard_goes_anywhere_and_comes_back()
    {
        var id = await SubmitAsync("Findable letter");
        var page = await (await VisitAsync()).OpenAsync("/connect");
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Go to") })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "The whole API" }).FocusAsync();
        await Expect(page.Locator("html[data-keys]")).ToHaveCountAsync(1);

        await page.Keyboard.PressAsync("Control+k");
        var field = page.GetByRole(AriaRole.Combobox, new() { Name = "Go to a page or a job" });
        await Expect(field).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(field).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "The whole API" })).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Keys" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        await page.Keyboard.PressAsync("Control+k");
        await field.FillAsync("findable");
        await Expect(page.GetByRole(AriaRole.Option, new() { NameRegex = new Regex("Findable letter") })).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex($"/jobs/{id}$"));

        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("j");
        var search = page.GetByLabel("Search titles");
        await Expect(search).ToBeVisibleAsync();

        // A new page moves the focus to its heading, which may come after the key.
        await Patience.UntilAsync(
            async () =>
            {
                await page.Keyboard.PressAsync("/");
                await page.WaitForTimeoutAsync(300);
                return await search.EvaluateAsync<bool>("field => field === document.activeElement");
            },
            "the key leads to the search");
        await search.FillAsync("");
        await page.Keyboard.TypeAsync("findable?");
        await Expect(page).ToHaveURLAsync(new Regex(@"q=findable%3F$"));
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    [ChromiumFact]
    public async Task The_end_of_a_job_is_told_on_another_page_and_leads_to_it()
    {
        Engine.Hold();
        var id = await SubmitAsync("Told of elsewhere");
        var page = await (await VisitAsync()).OpenAsync("/settings");
        await Expect(Heading(page, "Settings")).ToBeVisibleAsync();
        Engine.LetAll();

        var news = page.GetByText("Told of elsewhere: Succeeded");
        await Expect(news).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Open", Exact = true }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex($"/jobs/{id}$"));
        await Expect(page.Locator("link[rel=icon]")).ToHaveAttributeAsync("href", new Regex("^data:image/svg"));
    }

    [ChromiumFact]
    public async Task What_is_set_is_kept_by_the_browser()
    {
        var visit = await VisitAsync(new() { TimezoneId = "Asia/Taipei", ColorScheme = ColorScheme.Light });
        var page = await visit.OpenAsync("/settings");
        await Expect(page.GetByText("(Asia/Taipei)")).ToBeVisibleAsync();

        await page.GetByLabel("Appearance", new() { Exact = true }).SelectOptionAsync("Dark");
        await page.GetByLabel("Density").SelectOptionAsync("compact");
        await page.GetByLabel("Time zone").SelectOptionAsync("Europe/Berlin");
        await Expect(page.GetByText("(Europe/Berlin)")).ToBeVisibleAsync();
        await page.ReloadAsync();

        await Expect(page.GetByText("(Europe/Berlin)")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Appearance", new() { Exact = true })).ToHaveValueAsync("dark");
        await Expect(page.GetByLabel("Density")).ToHaveValueAsync("compact");
        await Expect(page.GetByText("A job that has ended is kept for 7 days")).ToBeVisibleAsync();
        await SubmitAsync("In a low row");
        await page.GotoAsync("/jobs");
        var row = page.GetByRole(AriaRole.List, new() { Name = "Jobs" }).GetByRole(AriaRole.Listitem).Filter(new() { HasText = "In a low row" });
        Assert.InRange((await row.BoundingBoxAsync())!.Height, 28, 36);
        Assert.Equal("rgb(15, 18, 24)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
    }

    [ChromiumFact]
    public async Task A_hostile_title_breaks_no_page()
    {
        var id = await SubmitAsync($"/{new string('x', 150)}/very-long-path.txt שלום");
        foreach (var width in (int[])[1280, 390])
        {
            var page = await (await VisitAsync(new() { ViewportSize = new() { Width = width, Height = 800 } })).OpenAsync($"/jobs/{id}");
            await ExpectSuccessAsync(page);
            foreach (var path in (string[])[$"/jobs/{id}", $"/jobs/{id}?tab=log", "/jobs", "/", $"/watch/{id}"])
            {
                await page.GotoAsync(path);
                await Expect(page.Locator("h1")).ToBeVisibleAsync();
                Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            }

            await page.GotoAsync($"/jobs/{id}");
            await Expect(page.Locator("h1")).ToBeVisibleAsync();
            Assert.True((await page.Locator("header.head").BoundingBoxAsync())!.Height <= 120);
        }
    }
}

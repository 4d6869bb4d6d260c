using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProgressHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace ProgressHub.Tests.EndToEnd.Journeys;

public sealed class ListJourneys(JourneyStage stage) : Journey(stage)
{
    [ChromiumFact]
    public async Task Filters_live_in_the_address_and_the_back_button_takes_them_back()
    {
        var ended = await VisitAsync();
        await EndAsync(await ended.OpenAsync($"/jobs/{await SubmitAsync("Filtered letter")}"));
        Engine.Hold();
        await SubmitAsync("Filtered report");
        var page = await ended.OpenAsync("/jobs");
        await Expect(Row(page, "Filtered letter")).ToBeVisibleAsync();
        await Expect(Row(page, "Filtered report")).ToBeVisibleAsync();

        await page.GetByLabel("Search titles").FillAsync("filtered");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex(@"\?q=filtered$"));
        await Tab(page, "Ended").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("state=ended"));
        await Expect(Row(page, "Filtered letter")).ToBeVisibleAsync();
        await Expect(Row(page, "Filtered report")).ToHaveCountAsync(0);

        await page.ReloadAsync();
        await Expect(Row(page, "Filtered letter")).ToBeVisibleAsync();
        await Expect(Tab(page, "Ended")).ToHaveAttributeAsync("aria-current", "page");
        await Expect(page.GetByLabel("Search titles")).ToHaveValueAsync("filtered");

        await page.GoBackAsync();
        await Expect(Row(page, "Filtered report")).ToBeVisibleAsync();
        await Expect(Tab(page, "All")).ToHaveAttributeAsync("aria-current", "page");
        await page.GoBackAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/jobs$"));
        await Expect(page.GetByLabel("Search titles")).ToHaveValueAsync("");
    }

    [ChromiumFact]
    public async Task A_job_submitted_elsewhere_appears_in_the_list_and_moves_there()
    {
        var page = await (await VisitAsync()).OpenAsync("/jobs");
        await Expect(Heading(page, "Jobs")).ToBeVisibleAsync();
        Engine.Hold();

        await SubmitAsync("From elsewhere");
        var row = Row(page, "From elsewhere");
        await Expect(row).ToHaveCountAsync(1);
        await Expect(row.GetByText("Running", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(row.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
        Engine.LetAll();

        await Expect(row.GetByText("Succeeded", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(row.GetByRole(AriaRole.Progressbar)).ToHaveCountAsync(0);
        await row.GetByRole(AriaRole.Link, new() { Name = "From elsewhere" }).ClickAsync();
        await ExpectPiecesAsync(page, Pieces);
    }

    [ChromiumFact]
    public async Task The_menu_of_a_row_is_worked_by_keys_and_tags_that_are_given_there_are_found()
    {
        var id = await SubmitAsync("Menu letter");
        var page = await (await VisitAsync()).OpenAsync("/jobs?q=Menu");
        var opener = page.GetByRole(AriaRole.Button, new() { Name = "Actions of Menu letter" });
        await Expect(Row(page, "Menu letter").GetByText("Succeeded", new() { Exact = true })).ToBeVisibleAsync();
        await opener.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = "Open" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("End");
        await Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = "Delete" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Menuitem)).ToHaveCountAsync(0);
        await Expect(opener).ToBeFocusedAsync();

        await opener.ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Tags" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Tag" }).ClickAsync();
        await dialog.GetByLabel("New tag").FillAsync("harbour");
        await page.Keyboard.PressAsync("Enter");
        await Expect(dialog.GetByRole(AriaRole.Link, new() { Name = "harbour" })).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(opener).ToBeFocusedAsync();
        await Row(page, "Menu letter").GetByRole(AriaRole.Link, new() { Name = "harbour" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex("tag=harbour"));
        await Expect(Row(page, "Menu letter")).ToBeVisibleAsync();
        await page.GotoAsync($"/jobs/{id}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove the tag harbour" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "harbour" })).ToHaveCountAsync(0);
    }

    [ChromiumFact]
    public async Task Selected_jobs_are_canceled_and_deleted_together_and_the_counts_follow()
    {
        Engine.Hold();
        foreach (var name in (string[])["Bulk one", "Bulk two", "Bulk three"])
            await SubmitAsync(name);
        var page = await (await VisitAsync()).OpenAsync("/jobs?q=Bulk");
        await Expect(Tab(page, "Open")).ToHaveTextAsync("Open 3");
        await page.GetByLabel("Select all jobs of this page").CheckAsync();
        await Expect(page.GetByText("3 selected")).ToBeVisibleAsync();
        await page.GetByLabel("Select Bulk two").UncheckAsync();
        await Expect(page.GetByText("2 selected")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel", Exact = true }).ClickAsync();
        await Expect(page.GetByText("2 of 2 canceled.")).ToBeVisibleAsync();
        await Expect(Tab(page, "Canceled")).ToHaveTextAsync("Canceled 2");

        await page.GetByLabel("Select all jobs of this page").CheckAsync();
        await Expect(page.GetByText("3 selected")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await Expect(page.GetByText("2 of 3 will be deleted.")).ToBeVisibleAsync();
        await Expect(Row(page, "Bulk one")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Nothing was deleted.")).ToBeVisibleAsync();
        await Expect(Row(page, "Bulk one")).ToBeVisibleAsync();

        await page.GetByLabel("Select all jobs of this page").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await Expect(page.GetByText("2 of 2 deleted.")).ToBeVisibleAsync();
        await Expect(Tab(page, "All")).ToHaveTextAsync("All 1");
        await Expect(Row(page, "Bulk two")).ToBeVisibleAsync();
        await Expect(Row(page, "Bulk one")).ToHaveCountAsync(0);
    }

    [ChromiumFact]
    public async Task Back_returns_to_the_row_that_was_left()
    {
        for (var i = 0; i < 30; i++)
            await SubmitAsync($"Scrolled {i:00}", "One.");
        var visit = await VisitAsync(new() { ViewportSize = new() { Width = 1280, Height = 500 } });
        var page = await visit.OpenAsync("/jobs?q=Scrolled");
        var row = page.GetByRole(AriaRole.Link, new() { Name = "Scrolled 03", Exact = true });
        await row.ScrollIntoViewIfNeededAsync();
        var left = await page.EvaluateAsync<int>("Math.round(scrollY)");
        Assert.True(left > 200);

        await row.ClickAsync();
        await ExpectJobPageAsync(page);
        await page.GoBackAsync();

        await Expect(row).ToBeInViewportAsync();
        await Patience.UntilAsync(async () => Math.Abs(await page.EvaluateAsync<int>("Math.round(scrollY)") - left) < 60, "the list is where it was");
    }

    private static ILocator Tab(IPage page, string name) => page.GetByRole(AriaRole.Navigation, new() { Name = "States" })
        .GetByRole(AriaRole.Link, new() { NameRegex = new Regex($"^{name}\\b") });

    private static ILocator Row(IPage page, string title) => page.GetByRole(AriaRole.List, new() { Name = "Jobs" })
        .GetByRole(AriaRole.Listitem).Filter(new() { Has = page.GetByRole(AriaRole.Link, new() { Name = title, Exact = true }) });

    private static async Task EndAsync(IPage page)
    {
        await ExpectSuccessAsync(page);
        await page.CloseAsync();
    }
}

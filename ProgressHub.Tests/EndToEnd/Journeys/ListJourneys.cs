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
        await page.GetByLabel("State").SelectOptionAsync("Ended");
        await Expect(page).ToHaveURLAsync(new Regex("state=ended"));
        await Expect(Row(page, "Filtered letter")).ToBeVisibleAsync();
        await Expect(Row(page, "Filtered report")).ToHaveCountAsync(0);

        await page.ReloadAsync();
        await Expect(Row(page, "Filtered letter")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("State")).ToHaveValueAsync("ended");
        await Expect(page.GetByLabel("Search titles")).ToHaveValueAsync("filtered");

        await page.GoBackAsync();
        await Expect(Row(page, "Filtered report")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("State")).ToHaveValueAsync("");
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
        Engine.LetAll();

        await Expect(row.GetByText("Succeeded", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(row.GetByRole(AriaRole.Progressbar)).ToHaveAttributeAsync("aria-valuenow", "100");
        await row.GetByRole(AriaRole.Link, new() { Name = "From elsewhere" }).ClickAsync();
        await ExpectPiecesAsync(page, Pieces);
    }

    private static ILocator Row(IPage page, string title) => page.GetByRole(AriaRole.List, new() { Name = "Jobs" })
        .GetByRole(AriaRole.Listitem).Filter(new() { Has = page.GetByRole(AriaRole.Link, new() { Name = title, Exact = true }) });

    private static async Task EndAsync(IPage page)
    {
        await ExpectSuccessAsync(page);
        await page.CloseAsync();
    }
}

using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProgressHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace ProgressHub.Tests.EndToEnd.Journeys;

public sealed class WatchingJourneys(JourneyStage stage) : Journey(stage)
{
    [ChromiumFact]
    public async Task Reloaded_in_the_middle_the_page_shows_the_same_job_with_nothing_lost_or_doubled()
    {
        Engine.Hold();
        var page = await (await VisitAsync()).OpenAsync($"/jobs/{await SubmitAsync("Reloaded")}");
        Engine.Let(2);
        await ExpectPiecesAsync(page, 2);

        await page.ReloadAsync();
        await Expect(Heading(page, "Reloaded")).ToBeVisibleAsync();
        await ExpectPiecesAsync(page, 2);

        Engine.LetAll();
        await ExpectPiecesAsync(page, Pieces);
        await ExpectSuccessAsync(page);
    }

    [ChromiumFact]
    public async Task Two_tabs_see_the_same()
    {
        Engine.Hold();
        var visit = await VisitAsync();
        var path = $"/jobs/{await SubmitAsync("Seen twice")}";
        var one = await visit.OpenAsync(path);
        Engine.Let(2);
        await ExpectPiecesAsync(one, 2);

        var other = await visit.OpenAsync(path);
        await ExpectPiecesAsync(other, 2);
        Engine.LetAll();

        foreach (var tab in (IPage[])[one, other])
        {
            await ExpectPiecesAsync(tab, Pieces);
            await ExpectSuccessAsync(tab);
        }
    }

    [ChromiumFact]
    public async Task A_job_is_canceled_after_asking_and_keeps_what_was_done()
    {
        Engine.Hold();
        var page = await (await VisitAsync()).OpenAsync($"/jobs/{await SubmitAsync("Canceled")}");
        Engine.Let(2);
        await ExpectPiecesAsync(page, 2);

        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, cancel it" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Retry all" })).ToBeVisibleAsync();
        await Expect(page).ToHaveTitleAsync(new Regex("^Canceled · "));
        await ExpectPiecesAsync(page, 2);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Continue after 2 done" })).ToBeVisibleAsync();
    }

    [ChromiumFact]
    public async Task A_failed_batch_is_marked_and_retrying_it_does_that_one_alone()
    {
        Engine.Refuse("goat");
        var page = await (await VisitAsync()).OpenAsync($"/jobs/{await SubmitAsync("Partly failed")}");

        await Expect(PiecesIn(page)).ToHaveCountAsync(Pieces);
        var failed = PiecesIn(page).Filter(new() { HasText = "Failed: " });
        await Expect(failed).ToHaveCountAsync(1);
        await Expect(failed).ToContainTextAsync("3");
        await Expect(page).ToHaveTitleAsync(new Regex("^1 of 5 failed · "));
        Engine.Refuse(null);
        Engine.Hold();
        var before = page.Url;
        await page.GetByRole(AriaRole.Button, new() { Name = "Retry 1 failed item" }).ClickAsync();

        // What was done is there before the engine has answered anything; one answer is all that is needed.
        await Expect(page).Not.ToHaveURLAsync(before);
        Engine.Let(1);
        await ExpectSuccessAsync(page);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "an earlier job" })).ToHaveAttributeAsync(
            "href", new Uri(before).AbsolutePath.TrimStart('/'));
        Assert.Equal(Text.ToUpperInvariant(), await DownloadAsync(page, ResultLink(page)));
        await ExpectPiecesAsync(page, Pieces);
    }

    [ChromiumFact]
    public async Task A_job_that_is_not_there_is_said_so_in_plain_words()
    {
        var visit = await VisitAsync();
        visit.ExpectStatus(404);
        var page = await visit.OpenAsync($"/jobs/{new string('0', 32)}");
        await Expect(Heading(page, "There is no such job")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "See all jobs" }).ClickAsync();
        await Expect(Heading(page, "Jobs")).ToBeVisibleAsync();

        await page.GotoAsync("/jobs/nonsense");
        await Expect(Heading(page, "This is not a job's address")).ToBeVisibleAsync();
        await page.GotoAsync("/nowhere");
        await Expect(Heading(page, "There is no such page")).ToBeVisibleAsync();
        await page.GotoAsync($"/watch/{new string('0', 32)}");
        await Expect(page.GetByText("There is no such job.")).ToBeVisibleAsync();
    }

    [ChromiumFact]
    public async Task Markup_in_a_title_and_a_text_is_shown_as_text()
    {
        const string Markup = "<img src=x onerror=alert(1)><b>bold</b>";
        var id = await SubmitAsync(Markup, Markup);
        var visit = await VisitAsync();

        var page = await visit.OpenAsync($"/jobs/{id}");
        await ExpectSuccessAsync(page);
        await Expect(Heading(page, Markup)).ToBeVisibleAsync();
        await Expect(PiecesIn(page)).ToContainTextAsync(["<"]);
        await page.GotoAsync("/jobs");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = Markup })).ToBeVisibleAsync();
        await page.GotoAsync($"/watch/{id}");
        await Expect(Heading(page, Markup)).ToBeVisibleAsync();
        await Expect(Bar(page)).ToHaveAttributeAsync("aria-valuenow", "100");

        Assert.Equal(0, await page.Locator("img[src=x], main b").CountAsync());
    }
}

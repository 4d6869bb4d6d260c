using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProgressHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace ProgressHub.Tests.EndToEnd.Journeys;

public sealed class ScheduleJourneys(JourneyStage stage) : Journey(stage)
{
    [ChromiumFact]
    public async Task A_job_is_run_on_a_schedule_by_hand_paused_changed_and_its_schedule_deleted()
    {
        var job = await SubmitAsync("Weather report");
        var page = await (await VisitAsync()).OpenAsync($"/jobs/{job}");
        await ExpectSuccessAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Run on a schedule" }).ClickAsync();
        await Expect(page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("Weather report");

        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Nightly weather");
        await page.GetByLabel("Fields of cron").FillAsync("30 22 * * *");
        await Expect(page.GetByRole(AriaRole.Status).GetByRole(AriaRole.Listitem)).ToHaveTextAsync(Enumerable.Repeat(new Regex("22:30$"), 5));
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the schedule" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex("/schedules$"));
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Nightly weather" });
        await Expect(row).ToContainTextAsync("Every day at 22:30");
        await row.GetByRole(AriaRole.Button, new() { Name = "Run now: Nightly weather" }).ClickAsync();
        await row.GetByRole(AriaRole.Link, new() { Name = "Started" }).ClickAsync();
        await ExpectJobPageAsync(page);
        await Expect(Heading(page, "Nightly weather")).ToBeVisibleAsync();
        await ExpectSuccessAsync(page);

        await page.GoBackAsync();
        await row.GetByRole(AriaRole.Switch, new() { Name = "Nightly weather is on" }).ClickAsync();
        await Expect(row).ToContainTextAsync("Paused");
        await row.GetByRole(AriaRole.Link, new() { Name = "Change Nightly weather" }).ClickAsync();
        await page.GetByLabel("How often").SelectOptionAsync("0 6 * * 1-5");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(row).ToContainTextAsync("Monday to Friday at 06:00");
        await Expect(row.GetByRole(AriaRole.Switch)).ToHaveAttributeAsync("aria-checked", "false");

        await row.GetByRole(AriaRole.Button, new() { Name = "Delete Nightly weather" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, delete it" }).ClickAsync();
        await Expect(row).ToHaveCountAsync(0);
    }
}

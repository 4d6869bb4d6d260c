using System.Text.Json;
using Microsoft.Playwright;
using ProgressHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace ProgressHub.Tests.EndToEnd.Journeys;

/// <summary>What is sent twice on a slow line is done once.</summary>
public sealed class BadLineJourneys(JourneyStage stage) : Journey(stage)
{
    [ChromiumFact]
    public async Task What_is_sent_again_before_the_page_hears_that_it_was_done_is_done_once()
    {
        var visit = await VisitAsync();
        var line = await BadLine.OfAsync(visit);
        var page = await visit.OpenAsync("/new");
        await page.GetByLabel("Text to translate").FillAsync("Slow line, sent twice");
        line.Hold();
        await Translate(page).ClickAsync();
        await MadeAsync("Slow line, sent twice");

        await Translate(page).ClickAsync();
        line.Release();

        await ExpectJobPageAsync(page);
        Assert.Equal(1, await CountAsync("Slow line, sent twice"));
    }

    [ChromiumFact]
    public async Task A_double_click_on_what_makes_a_job_makes_one()
    {
        var visit = await VisitAsync();
        var line = await BadLine.OfAsync(visit);
        var page = await visit.OpenAsync("/new?do=external");
        await page.GetByLabel("Title").FillAsync("Clicked twice");
        var make = page.GetByRole(AriaRole.Button, new() { Name = "Make the job" });
        line.Hold();
        await make.ClickAsync();
        await MadeAsync("Clicked twice");

        await make.DispatchEventAsync("click", new { detail = 2 });
        line.Release();

        await Expect(page.GetByText("Watch the job")).ToBeVisibleAsync();
        Assert.Equal(1, await CountAsync("Clicked twice"));
    }

    /// <summary>Until the server has a job of this title, whatever the page knows of it.</summary>
    private Task MadeAsync(string title) => Patience.UntilAsync(async () => await CountAsync(title) > 0, $"there is a job called {title}");

    private async Task<int> CountAsync(string title)
    {
        using var answer = JsonDocument.Parse(await Server.Client.GetStringAsync($"/api/jobs?q={Uri.EscapeDataString(title)}"));
        return answer.RootElement.GetProperty("jobs").GetArrayLength();
    }
}

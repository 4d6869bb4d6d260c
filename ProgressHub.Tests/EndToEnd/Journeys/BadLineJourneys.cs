using System.Text.Json;
using Microsoft.Playwright;
using ProgressHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace ProgressHub.Tests.EndToEnd.Journeys;

/// <summary>On a slow or broken line what is written and sent is neither lost nor done twice.</summary>
public sealed class BadLineJourneys(JourneyStage stage) : Journey(stage)
{
    [ChromiumFact]
    public async Task What_is_sent_again_before_the_page_hears_that_it_was_done_is_done_once()
    {
        var visit = await VisitAsync();
        var line = await BadLine.OfAsync(visit);
        var page = await visit.OpenAsync("/new");
        await page.GetByLabel("Text to translate").FillAsync("Sent on a slow line, twice.");
        await page.GetByLabel("Title").FillAsync("Slow line, sent twice");
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

    [ChromiumFact]
    public async Task What_is_written_and_sent_while_the_line_is_cut_is_sent_once_it_is_mended()
    {
        var visit = await VisitAsync();
        var line = await BadLine.OfAsync(visit);
        var page = await visit.OpenAsync("/new?do=external");
        await Expect(page.GetByLabel("Title")).ToBeVisibleAsync();
        visit.ExpectLostConnections();
        await line.CutAsync();
        await Expect(page.GetByText("Connection lost, trying again…")).ToBeVisibleAsync();

        await page.GetByLabel("Title").FillAsync("Written on a cut line");
        await page.Keyboard.PressAsync("Enter");
        line.Mend();

        await Expect(page.GetByText("Watch the job")).ToBeVisibleAsync();
        Assert.Equal(1, await CountAsync("Written on a cut line"));
    }

    /// <summary>Until the server has a job of this title, whatever the page knows of it.</summary>
    private Task MadeAsync(string title) => Patience.UntilAsync(async () => await CountAsync(title) > 0, $"there is a job called {title}");

    private async Task<int> CountAsync(string title)
    {
        using var answer = JsonDocument.Parse(await Server.Client.GetStringAsync($"/api/jobs?q={Uri.EscapeDataString(title)}"));
        return answer.RootElement.GetProperty("jobs").GetArrayLength();
    }
}

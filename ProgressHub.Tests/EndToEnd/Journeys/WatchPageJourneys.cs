using Microsoft.Playwright;
using ProgressHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace ProgressHub.Tests.EndToEnd.Journeys;

/// <summary>The page of one job that needs no live connection to the UI.</summary>
public sealed class WatchPageJourneys(JourneyStage stage) : Journey(stage)
{
    [ChromiumFact]
    public async Task Where_WebSockets_are_blocked_a_job_is_followed_to_its_end()
    {
        Engine.Hold();
        var visit = await VisitAsync();
        await visit.Context.RouteWebSocketAsync("**/*", socket => socket.CloseAsync());
        var page = await visit.OpenAsync($"/watch/{await SubmitAsync("Without sockets")}");

        Engine.Let(2);
        await Expect(Items(page)).ToHaveCountAsync(2);
        await Expect(page.GetByText("Connected", new() { Exact = true })).ToBeVisibleAsync();
        Engine.LetAll();

        await Expect(Items(page)).ToHaveCountAsync(Pieces);
        await Expect(Bar(page)).ToHaveAttributeAsync("aria-valuenow", "100");
        await Expect(page.GetByText("Up to date")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Open the result" }).WaitForAsync();
    }

    [ChromiumFact]
    public async Task Without_JavaScript_the_state_is_told_and_told_again()
    {
        Engine.Hold();
        var id = await SubmitAsync("Without script");
        var page = await (await VisitAsync(new() { JavaScriptEnabled = false })).OpenAsync($"/watch/{id}");

        await Expect(Heading(page, "Without script")).ToBeVisibleAsync();
        Assert.Contains("This page shows the job as of now", await page.ContentAsync(), StringComparison.Ordinal);
        await Expect(page.GetByText("running", new() { Exact = true })).ToBeVisibleAsync();
        Engine.LetAll();

        await Expect(page.GetByText("succeeded", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(Bar(page)).ToHaveAttributeAsync("aria-valuenow", "100");
    }

    private static ILocator Items(IPage page) => page.GetByRole(AriaRole.List, new() { Name = "Results" }).GetByRole(AriaRole.Listitem);
}

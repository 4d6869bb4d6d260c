using Microsoft.Playwright;
using ProgressHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace ProgressHub.Tests.EndToEnd.Journeys;

/// <summary>The page of one job that needs no live connection to the UI.</summary>
public sealed class WatchPageJourneys(JourneyStage stage) : Journey(stage)
{
    private const long MaxBytes = 75 * 1024;
    private const int Lines = 30;

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
        await Expect(page.GetByText("Running", new() { Exact = true })).ToBeVisibleAsync();
        Engine.LetAll();

        await Expect(page.GetByText("Succeeded", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(Bar(page)).ToHaveAttributeAsync("aria-valuenow", "100");
    }

    [ChromiumFact]
    public async Task A_first_visit_weighs_little_and_the_last_lines_of_a_log_come_with_the_page()
    {
        var job = await ReportingJob.SubmitAsync(Server.Client, "Many lines");
        for (var line = 1; line <= Lines; line++)
            Assert.True(await job.ReportAsync());
        var page = await (await VisitAsync()).OpenAsync("about:blank");
        var network = await page.Context.NewCDPSessionAsync(page);

        // The page's own: what the job has to say weighs what it weighs.
        long bytes = 0;
        HashSet<string> data = [];
        network.Event("Network.requestWillBeSent").OnEvent += (_, sent) =>
        {
            if (sent!.Value.GetProperty("request").GetProperty("url").GetString()!.Contains("/api/", StringComparison.Ordinal))
                data.Add(sent.Value.GetProperty("requestId").GetString()!);
        };
        network.Event("Network.loadingFinished").OnEvent += (_, finished) =>
        {
            if (!data.Contains(finished!.Value.GetProperty("requestId").GetString()!))
                bytes += (long)finished.Value.GetProperty("encodedDataLength").GetDouble();
        };
        await network.SendAsync("Network.enable");

        var html = await (await page.GotoAsync($"/watch/{job.Id}"))!.TextAsync();
        await Expect(page.GetByText("Connected", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByText("line 1", new() { Exact = true })).ToHaveCountAsync(1);
        await Expect(page.GetByText($"line {Lines}", new() { Exact = true })).ToHaveCountAsync(1);

        Assert.Contains($">line {Lines}<", html, StringComparison.Ordinal);
        Assert.DoesNotContain(">line 1<", html, StringComparison.Ordinal);
        Assert.Equal(1, await page.Locator("#log").EvaluateAsync<int>(
            "log => new Set([...log.children].map(line => [...line.children].map(part => part.className + part.dir).join())).size"));
        Assert.InRange(bytes, 20 * 1024, MaxBytes);
    }

    private static ILocator Items(IPage page) => page.GetByRole(AriaRole.List, new() { Name = "Results" }).GetByRole(AriaRole.Listitem);
}

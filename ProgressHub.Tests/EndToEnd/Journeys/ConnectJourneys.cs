using Microsoft.Playwright;
using ProgressHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace ProgressHub.Tests.EndToEnd.Journeys;

public sealed class ConnectJourneys(JourneyStage stage) : Journey(stage)
{
    /// <summary>A line for each way to connect: its title, and what its run says at the end.</summary>
    public static TheoryData<string, string> Ways => new()
    {
        { "JavaScript client", "succeeded" },
        { "Server-sent events", "succeeded" },
        { "Translation with partial results", "6200 characters" },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task What_is_shown_runs_at_a_click_and_says_how_far_it_is(string title, string end)
    {
        var page = await (await VisitAsync()).OpenAsync("/connect");
        var card = page.GetByRole(AriaRole.Region, new() { Name = title, Exact = true });
        await Expect(card.GetByText("export async function run(base, say")).ToBeVisibleAsync();
        await Expect(card.GetByText($"await run(\"{Server.Address.GetLeftPart(UriPartial.Authority)}\", console.log)")).ToBeVisibleAsync();

        await RunAsync(card);

        await Expect(card.GetByRole(AriaRole.Log)).ToContainTextAsync(end);
        await Expect(card.GetByRole(AriaRole.Progressbar)).ToHaveJSPropertyAsync("value", 100);
        await Expect(card.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true })).ToBeEnabledAsync();
    }

    [Fact]
    public async Task A_run_can_be_stopped_and_the_job_goes_on()
    {
        Engine.Hold();
        var page = await (await VisitAsync()).OpenAsync("/connect");
        var card = page.GetByRole(AriaRole.Region, new() { Name = "Translation with partial results", Exact = true });
        await RunAsync(card);
        await Expect(card.GetByRole(AriaRole.Log)).ToContainTextAsync("(10%)");

        await card.GetByRole(AriaRole.Button, new() { Name = "Stop", Exact = true }).ClickAsync();

        await Expect(card.GetByRole(AriaRole.Log)).ToContainTextAsync("The job goes on.");
        await Expect(card.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true })).ToBeEnabledAsync();
    }

    // Until the page is connected a click does nothing.
    private static async Task RunAsync(ILocator card)
    {
        var run = card.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true });
        for (var begun = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(begun) < Patience.Limit;)
        {
            await run.ClickAsync(new() { Force = true });
            if (await card.GetAttributeAsync("data-state") is not null)
                return;
        }

        Assert.Fail("The page is never ready to run anything.");
    }
}

using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Connect;
using static Microsoft.Playwright.Assertions;

namespace ProgressHub.Tests.EndToEnd.Journeys;

public sealed class ConnectJourneys(JourneyStage stage, ConnectServer own) : Journey(stage), IClassFixture<ConnectServer>
{
    /// <summary>A line for each way to connect: its title, and what its run says on its way and at its end.</summary>
    public static TheoryData<string, string> Ways => new()
    {
        { "JavaScript client", "⟦.*succeeded$" },
        { "Server-sent events", "⟦.*succeeded$" },
        { "Translation with partial results", "Batch 0: .*[0-9]{4,} characters$" },
        { "Enhanced RAG progress", "queued: 0%.*analyzing_rag: 45% 正在檢索第 40 籤.*completed: 100%.*第四十籤.*Confidence [0-9]+%, [0-9]+ ms$" },
        { "Streaming processor", "s left; [0-9]+ ms since the last one.*RAG retrieval.*never more than [0-9]+ ms without a word$" },
        { "Transcription", @"heard by pocketsphinx.*Transcribing \(30%\).*0\.\d\d to .*Heard: .*center.*$" },
        { "Chat session with a log", @"• Processing question.*✓ Session created \(Step 1/5\).*✓ Analysis results ready for display \(Step 5/5\).*volatility.*$" },
    };

    [Fact]
    public void Every_way_is_run_here() => Assert.Equal(Snippets.All.Select(s => s.Title), Ways.Select(row => (string)row[0]));

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task What_is_shown_runs_at_a_click_and_says_how_far_it_is(string title, string said)
    {
        var page = await (await VisitAsync(server: own.Server)).OpenAsync("/connect");
        var card = Card(page, title);
        await Expect(card.GetByText("export async function run(base, say")).ToBeVisibleAsync();
        await Expect(card.GetByText($"await run(\"{own.Address}\", console.log")).ToBeVisibleAsync();
        if (Snippets.All.Single(s => s.Title == title).File is not null)
            await ChooseAsync(card);

        await Button(card, "Run").ClickAsync();

        await Expect(Log(card)).ToHaveTextAsync(new Regex(said, RegexOptions.Singleline));
        await Expect(card.GetByRole(AriaRole.Progressbar)).ToHaveJSPropertyAsync("value", 100);
        await Expect(Button(card, "Run")).ToBeEnabledAsync();
        await Expect(Button(card, "Stop")).ToBeDisabledAsync();
    }

    [Fact]
    public async Task A_run_can_be_stopped_and_the_job_goes_on()
    {
        Engine.Hold();
        var page = await (await VisitAsync()).OpenAsync("/connect");
        var card = Card(page, "Translation with partial results");
        await Button(card, "Run").ClickAsync();
        await Expect(Log(card)).ToContainTextAsync("(10%)");
        await Expect(Button(card, "Run")).ToBeDisabledAsync();

        await Button(card, "Stop").ClickAsync();

        await Expect(Log(card)).ToContainTextAsync("Stopped watching. A job that was submitted goes on.");
        await Expect(Button(card, "Run")).ToBeEnabledAsync();
        var id = Regex.Match(await Log(card).InnerTextAsync(), "[0-9a-f]{32}").Value;
        Engine.LetAll();
        using var result = await Server.Client.GetAsync($"/api/jobs/{id}/result?wait=20");
        Assert.True(result.IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_recording_is_needed_before_it_can_be_heard()
    {
        var page = await (await VisitAsync(server: own.Server)).OpenAsync("/connect");
        await Expect(Button(Card(page, "Server-sent events"), "Run")).ToBeEnabledAsync();
        var card = Card(page, "Transcription");
        await Expect(card.GetByText("Choose a recording first.")).ToBeVisibleAsync();
        await Expect(Button(card, "Run")).ToBeDisabledAsync();

        await ChooseAsync(card);

        await Expect(Button(card, "Run")).ToBeEnabledAsync();
        await Expect(card.GetByText("Choose a recording first.")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Where_a_server_lacks_the_route_it_says_so()
    {
        var visit = await VisitAsync(server: own.Server);
        visit.ExpectStatus(404);
        var page = await visit.OpenAsync("/connect");
        await page.RouteAsync("**/messages", route => route.FulfillAsync(new() { Status = 404 }));
        var card = Card(page, "Translation with partial results");

        await Button(card, "Run").ClickAsync();

        await Expect(Log(card)).ToHaveTextAsync("It failed: This server does not have POST /messages.");
        await Expect(Button(card, "Run")).ToBeEnabledAsync();
    }

    [Fact]
    public async Task What_is_said_is_text_and_bounded()
    {
        var page = await (await VisitAsync(server: own.Server)).OpenAsync("/connect");
        await page.RouteAsync("**/connect/events.js", route => route.FulfillAsync(new()
        {
            ContentType = "text/javascript",
            Body = "export async function run(base, say) { for (let i = 0; i < 1000; i++) say(`${i}<b>` + 'x'.repeat(5000)); say('the end'); }",
        }));
        var card = Card(page, "Server-sent events");

        await Button(card, "Run").ClickAsync();

        await Expect(Log(card)).ToContainTextAsync("the end");
        await Expect(Log(card).Locator("> div")).ToHaveCountAsync(200);
        await Expect(Log(card).Locator("b")).ToHaveCountAsync(0);
        Assert.InRange((await Log(card).TextContentAsync())!.Length, 1, 200 * 2000);
    }

    private static ILocator Card(IPage page, string title) => page.GetByRole(AriaRole.Region, new() { Name = title, Exact = true });

    private static ILocator Log(ILocator card) => card.GetByRole(AriaRole.Log);

    private static ILocator Button(ILocator card, string name) => card.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static Task ChooseAsync(ILocator card) => card.GetByLabel("A recording").SetInputFilesAsync(
        new FilePayload { Name = "talk.wav", MimeType = "audio/wav", Buffer = AlsaSpeech.Joined() });
}

using ProgressHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace ProgressHub.Tests.EndToEnd.Journeys;

public sealed class RestartJourneys(JourneyStage stage) : Journey(stage)
{
    [ChromiumFact]
    public async Task When_the_server_is_killed_and_started_again_the_open_page_comes_back_by_itself()
    {
        await using var server = await ServerProcess.StartNewAsync(Engine.Settings);
        Engine.Hold();
        var visit = await VisitAsync(server: server);
        var id = await SubmitAsync("Outlives the server", server: server);
        var page = await visit.OpenAsync($"/jobs/{id}");
        var watch = await visit.OpenAsync($"/watch/{id}");
        Engine.Let(2);
        await ExpectPiecesAsync(page, 2);

        visit.ExpectLostConnections();
        await server.KillAsync();
        await Expect(page.GetByText("Connection lost, trying again…")).ToBeVisibleAsync();
        await Expect(watch.GetByText("Reconnecting")).ToBeVisibleAsync();
        Engine.LetAll();
        await server.StartAsync();

        await ExpectPiecesAsync(page, Pieces);
        await ExpectSuccessAsync(page);
        await Expect(page.GetByText("Connection lost")).ToBeHiddenAsync();
        await Expect(Bar(watch)).ToHaveAttributeAsync("aria-valuenow", "100");
        Assert.Equal(Text.ToUpperInvariant(), await DownloadAsync(page, ResultLink(page)));
        await visit.Context.CloseAsync();
    }
}

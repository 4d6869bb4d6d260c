using System.Text.Json;
using Microsoft.Playwright;
using ProgressHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace ProgressHub.Tests.EndToEnd.Journeys;

public sealed class RestartJourneys(JourneyStage stage) : Journey(stage)
{
    private const string Unheard = "Sent on a bad line";

    [ChromiumFact]
    public async Task When_the_server_is_killed_and_started_again_the_open_page_comes_back_by_itself()
    {
        await using var server = await ServerProcess.StartNewAsync(Engine.Settings);
        Engine.Hold();
        var visit = await VisitAsync(server: server);
        var id = await SubmitAsync("Outlives the server", server: server);
        var page = await visit.OpenAsync($"/jobs/{id}");
        var watch = await visit.OpenAsync($"/watch/{id}");
        var chat = await visit.OpenAsync("/analysis");
        await chat.GetByRole(AriaRole.Button, new() { Name = "Ask this sample" }).ClickAsync();
        var question = chat.GetByLabel("Question", new() { Exact = true });
        await Expect(question).ToHaveAttributeAsync("data-ready", "true");
        await question.FillAsync("average close by sector");
        await page.GetByRole(AriaRole.Button, new() { Name = "Tag", Exact = true }).ClickAsync();
        var tag = page.GetByLabel("New tag");
        await tag.FillAsync("urgent");
        Engine.Let(2);
        await ExpectPiecesAsync(page, 2);
        var (form, line) = await SubmitUnheardAsync(server);

        visit.ExpectLostConnections();
        await server.KillAsync();
        line.Break();
        await Expect(page.GetByText("Connection lost, trying again…")).ToBeVisibleAsync();
        await Expect(watch.GetByText("Reconnecting")).ToBeVisibleAsync();
        await Expect(chat.GetByText("Connection lost, trying again…")).ToBeVisibleAsync();
        await question.PressAsync("Enter");
        await tag.PressAsync("Enter");
        foreach (var tab in (IPage[])[chat, page])
            await Expect(tab.GetByText("Not sent: the connection is lost. What you wrote is kept.")).ToBeVisibleAsync();
        await Expect(question).ToHaveValueAsync("average close by sector");
        Engine.LetAll();
        await server.StartAsync();

        await ExpectPiecesAsync(page, Pieces);
        await ExpectSuccessAsync(page);
        await Expect(page.GetByText("Connection lost")).ToBeHiddenAsync();
        await Expect(Bar(watch)).ToHaveAttributeAsync("aria-valuenow", "100");
        Assert.Equal(Text.ToUpperInvariant(), await DownloadAsync(page, ResultLink(page)));

        // What was not sent is said, and is there to be sent; then it is done once.
        foreach (var tab in (IPage[])[chat, page])
            await Expect(tab.GetByText("What you did meanwhile was not sent")).ToBeVisibleAsync();
        await Expect(question).ToHaveAttributeAsync("data-ready", "true");
        await Expect(question).ToHaveValueAsync("average close by sector");
        await question.PressAsync("Enter");
        await Expect(chat.Locator(".said")).ToBeVisibleAsync();
        await Expect(question).ToHaveValueAsync("");
        await Expect(chat.Locator(".asked")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Tag", Exact = true }).ClickAsync();
        await Expect(tag).ToHaveValueAsync("urgent");
        await tag.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "urgent" })).ToBeVisibleAsync();

        // The new job had arrived, which the page that made it does not know: sent again, it is that job.
        await Expect(form.GetByText("What you did last may not have arrived")).ToBeVisibleAsync();
        await Expect(form.GetByLabel("Text to translate")).ToHaveValueAsync(Unheard);
        await Expect(form.GetByLabel("Format")).ToHaveValueAsync("markdown");
        await Expect(form.GetByText($"{Unheard.Length} characters")).ToBeVisibleAsync();
        await Translate(form).ClickAsync();
        await ExpectJobPageAsync(form);
        Assert.Equal(1, await CountAsync(server));
        await visit.Context.CloseAsync();
        await form.Context.CloseAsync();
    }

    /// <summary>A form that was sent, on a line on which nothing is heard of what came of it.</summary>
    private async Task<(IPage Form, BadLine Line)> SubmitUnheardAsync(ServerProcess server)
    {
        var visit = await VisitAsync(server: server);
        visit.ExpectLostConnections();
        var line = await BadLine.OfAsync(visit);
        var form = await visit.OpenAsync("/new");
        await Expect(form.Locator("form[data-draft]")).ToHaveCountAsync(1);
        await form.GetByLabel("Text to translate").FillAsync(Unheard);
        await form.GetByLabel("Format").SelectOptionAsync("markdown");
        line.Hold();
        await Translate(form).ClickAsync();
        await Patience.UntilAsync(async () => await CountAsync(server) > 0, "the job of the form is there");
        return (form, line);
    }

    private static async Task<int> CountAsync(ServerProcess server)
    {
        using var answer = JsonDocument.Parse(await server.Client.GetStringAsync($"/api/jobs?q={Uri.EscapeDataString(Unheard)}"));
        return answer.RootElement.GetProperty("jobs").GetArrayLength();
    }
}

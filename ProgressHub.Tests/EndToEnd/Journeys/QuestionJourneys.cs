using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProgressHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace ProgressHub.Tests.EndToEnd.Journeys;

/// <summary>Questions on a fresh server: to a table and to documents that come with it.</summary>
public sealed class QuestionJourneys(JourneyStage stage) : Journey(stage)
{
    [ChromiumFact]
    public async Task A_question_to_the_bundled_table_is_answered_in_words_as_a_chart_and_as_rows()
    {
        var page = await (await VisitAsync()).OpenAsync("/?do=analyse");
        await page.GetByRole(AriaRole.Button, new() { Name = "What stocks have highest volatility?" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Question" })).ToHaveValueAsync("What stocks have highest volatility?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();

        await ExpectJobPageAsync(page);
        await ExpectSuccessAsync(page);
        var answer = page.GetByRole(AriaRole.Region, new() { Name = "Answer", Exact = true });
        await Expect(answer).ToContainTextAsync("HALO has the highest volatility");
        await Expect(answer.GetByRole(AriaRole.Row)).ToHaveCountAsync(9);
        var chart = answer.GetByRole(AriaRole.Img, new() { NameRegex = new Regex("volatility", RegexOptions.IgnoreCase) });
        Assert.True((await chart.BoundingBoxAsync())!.Width > 100, "The chart is a picture.");
        Assert.StartsWith(
            "symbol,volatility", await DownloadAsync(page, answer.GetByRole(AriaRole.Link, new() { Name = "Download as CSV" })), StringComparison.Ordinal);
    }

    [ChromiumFact]
    public async Task A_question_to_the_bundled_deck_is_answered_with_the_verse_it_names()
    {
        var page = await (await VisitAsync()).OpenAsync("/?do=ask");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Ask something first.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Radio).And(page.Locator("[value=guan_yu]")).CheckAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Question" }).FillAsync("What does number 40 say?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();

        await ExpectJobPageAsync(page);
        await ExpectSuccessAsync(page);
        var answer = page.GetByRole(AriaRole.Region, new() { Name = "Answer", Exact = true });
        await Expect(answer.Locator("blockquote").First).ToContainTextAsync("The rain is past");
        await answer.Locator("summary").First.ClickAsync();
        await answer.GetByRole(AriaRole.Link, new() { Name = "Open the passage" }).First.ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/collections/guan_yu/passages/[0-9]+$"));
        await Expect(page.GetByRole(AriaRole.Article)).ToContainTextAsync("The rain is past");
    }
}

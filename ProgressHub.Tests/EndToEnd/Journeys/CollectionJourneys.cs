using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProgressHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace ProgressHub.Tests.EndToEnd.Journeys;

/// <summary>Documents of one's own: a collection is made, filled while somebody looks, asked, and deleted.</summary>
public sealed class CollectionJourneys(JourneyStage stage) : Journey(stage)
{
    private static readonly FilePayload[] Files =
    [
        File("puffins.md", "# Puffins\n\nPuffins nest in burrows on grassy cliffs.\n\n## Food\n\nThey catch sand eels.\n"),
        File("terns.txt", "The Arctic tern flies from pole to pole every year."),
        File("broken.json", """[{"id": "a", "text": "unfinished"""),
        File("photo.png", "not a document"),
    ];

    [ChromiumFact]
    public async Task A_collection_is_made_filled_asked_and_deleted_in_the_browser()
    {
        var page = await (await VisitAsync()).OpenAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Documents", Exact = true }).ClickAsync();
        await MakeAsync(page, "Sea birds");

        // The embedding engine is held: the job stands still in the middle, and the page is loaded anew.
        Engine.Hold();
        await page.GetByLabel("Choose files").SetInputFilesAsync(Files);
        await Expect(Rows(page).Filter(new() { HasText = "photo.png" })).ToContainTextAsync("'.png' can't be read");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add 3 files" }).ClickAsync();
        await ExpectEmbeddingAsync(page);
        await page.ReloadAsync();
        await ExpectEmbeddingAsync(page);
        Engine.LetAll();

        await Expect(Ingest(page)).ToContainTextAsync(new Regex(@"2\s*new\s*0\s*replaced\s*0\s*unchanged\s*1\s*failed"));
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Documents", Exact = true }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await Expect(page.GetByText("2 documents · 3 passages")).ToBeVisibleAsync();

        var collection = page.Url;
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Ask this collection" }).FillAsync("Where do puffins nest?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        await ExpectJobPageAsync(page);
        await ExpectSuccessAsync(page);
        var answer = page.GetByRole(AriaRole.Region, new() { Name = "Answer", Exact = true });
        await Expect(answer.Locator("blockquote").First).ToContainTextAsync("Puffins nest in burrows");
        await Expect(answer.GetByText("not whether the answer is true")).ToBeVisibleAsync();
        await answer.Locator("summary").First.ClickAsync();
        await answer.GetByRole(AriaRole.Link, new() { Name = "Open the passage" }).First.ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"^{Regex.Escape(collection)}/passages/[0-9]+$"));
        await Expect(page.GetByRole(AriaRole.Article)).ToContainTextAsync("Puffins nest in burrows on grassy cliffs.");

        await page.GetByRole(AriaRole.Link, new() { Name = "Sea birds" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete Sea birds" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, delete it" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/collections$"));
        await Expect(page.GetByText("No collection of yours yet")).ToBeVisibleAsync();
    }

    private static async Task MakeAsync(IPage page, string name)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the collection" }).ClickAsync();
        await Expect(page.GetByText("Give it a name.")).ToBeVisibleAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByLabel("Vectors by").SelectOptionAsync("openai");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the collection" }).ClickAsync();
        await Expect(Heading(page, name)).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Choose files")).ToBeEnabledAsync();
    }

    private static async Task ExpectEmbeddingAsync(IPage page)
    {
        await Expect(Ingest(page).Locator("[aria-current=step]")).ToContainTextAsync("Embedding");
        await Expect(Ingest(page)).ToContainTextAsync("1 failed");
        await Expect(Ingest(page).GetByRole(AriaRole.List, new() { Name = "Documents that failed" })).ToContainTextAsync("broken.json");
    }

    private static ILocator Ingest(IPage page) => page.GetByRole(AriaRole.Article, new() { Name = "3 files into Sea birds" });

    private static ILocator Rows(IPage page) =>
        page.GetByRole(AriaRole.List, new() { Name = "Files" }).GetByRole(AriaRole.Listitem);

    private static FilePayload File(string name, string text) =>
        new() { Name = name, MimeType = "application/octet-stream", Buffer = System.Text.Encoding.UTF8.GetBytes(text) };
}

using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProgressHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace ProgressHub.Tests.EndToEnd.Journeys;

public sealed class SubmitJourneys(JourneyStage stage) : Journey(stage)
{
    private const string Subtitles = "1\n00:00:01,000 --> 00:00:02,000\nThe lamp is lit.\n\n2\n00:00:03,000 --> 00:00:04,000\nThe storm is near.\n";

    [ChromiumFact]
    public async Task A_pasted_text_is_watched_to_its_end_and_its_result_downloaded()
    {
        Engine.Hold();
        var page = await (await VisitAsync()).OpenAsync("/new");
        await page.GetByLabel("Text to translate").FillAsync(Text);
        await Translate(page).ClickAsync();

        await ExpectJobPageAsync(page);
        await Expect(page.GetByText("Pieces appear here, in order")).ToBeVisibleAsync();
        for (var done = 1; done < Pieces; done++)
        {
            Engine.Let(1);
            await ExpectPiecesAsync(page, done);
        }

        await Expect(Bar(page)).ToHaveAttributeAsync("aria-valuenow", new Regex("^[1-9][0-9]$"));
        Engine.LetAll();
        await ExpectPiecesAsync(page, Pieces);
        await ExpectSuccessAsync(page);
        Assert.Equal(Text.ToUpperInvariant(), await DownloadAsync(page, ResultLink(page)));
    }

    [ChromiumFact]
    public async Task A_sample_takes_one_click_and_another_to_translate()
    {
        var page = await (await VisitAsync()).OpenAsync("/new");

        await page.GetByRole(AriaRole.Button, new() { Name = "Subtitles" }).ClickAsync();
        await Expect(page.GetByLabel("Text to translate")).ToHaveValueAsync(new Regex("-->"));
        await Expect(page.GetByLabel("Format")).ToHaveValueAsync("srt");
        await Translate(page).ClickAsync();

        await ExpectJobPageAsync(page);
        await ExpectSuccessAsync(page);
        Assert.Contains(" --> ", await DownloadAsync(page, ResultLink(page)), StringComparison.Ordinal);
    }

    [ChromiumFact]
    public async Task A_chosen_subtitle_file_is_translated_with_its_times_kept()
    {
        var page = await (await VisitAsync()).OpenAsync("/new");

        await ChooseAsync(page, "scene.srt", Encoding.UTF8.GetBytes(Subtitles));
        await ExpectTakenAsync(page);
        await Translate(page).ClickAsync();

        await ExpectJobPageAsync(page);
        await ExpectSuccessAsync(page);
        Assert.Equal(Subtitles.ToUpperInvariant(), await DownloadAsync(page, ResultLink(page)));
    }

    [ChromiumFact]
    public async Task A_file_dropped_anywhere_in_the_form_is_taken()
    {
        var page = await (await VisitAsync()).OpenAsync("/new");
        var form = page.GetByRole(AriaRole.Form, new() { Name = "New translation" });
        await form.WaitForAsync();
        var transfer = await page.EvaluateHandleAsync(
            """
            text => {
              const transfer = new DataTransfer();
              transfer.items.add(new File([text], "scene.srt"));
              return transfer;
            }
            """,
            Subtitles);

        await Expect(FileField(page)).ToBeEnabledAsync();
        await form.DispatchEventAsync("drop", new { dataTransfer = transfer });

        await ExpectTakenAsync(page);
    }

    [ChromiumFact]
    public async Task A_file_that_cannot_be_taken_says_why_next_to_the_field()
    {
        var page = await (await VisitAsync()).OpenAsync("/new");
        var field = page.GetByLabel("Text to translate");

        await ChooseAsync(page, "big.txt", Encoding.UTF8.GetBytes(new string('a', 3 * 1024 * 1024)));
        await Expect(field).ToHaveAccessibleDescriptionAsync(new Regex("3.0 MB; at most 2 MB"));
        await ChooseAsync(page, "latin.txt", [0x63, 0x61, 0x66, 0xE9, 0x0A]);
        await Expect(field).ToHaveAccessibleDescriptionAsync(new Regex("latin.txt” is not UTF-8"));
        await ChooseAsync(page, "picture.png", [0x89, 0x50]);
        await Expect(field).ToHaveAccessibleDescriptionAsync(new Regex("picture.png” is not a .txt"));

        await ChooseAsync(page, "scene.srt", Encoding.UTF8.GetBytes(Subtitles));
        await ExpectTakenAsync(page);
        await Expect(field).Not.ToHaveAccessibleDescriptionAsync(new Regex("”"));
    }

    [ChromiumFact]
    public async Task Nothing_to_translate_is_said_next_to_the_field()
    {
        var page = await (await VisitAsync()).OpenAsync("/new");

        await Translate(page).ClickAsync();

        var field = page.GetByLabel("Text to translate");
        await Expect(field).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page).ToHaveURLAsync($"{Server.Address}new");
    }

    [ChromiumFact]
    public async Task The_keyboard_is_enough_to_submit()
    {
        var page = await (await VisitAsync()).OpenAsync("/new");
        var field = page.GetByLabel("Text to translate");
        await field.WaitForAsync();

        await TabToAsync(page, field);
        await page.Keyboard.InsertTextAsync(Text);
        await TabToAsync(page, Translate(page));
        await page.Keyboard.PressAsync("Enter");

        await ExpectJobPageAsync(page);
        await ExpectSuccessAsync(page);
        await TabToAsync(page, ResultLink(page));
    }

    [ChromiumFact]
    public async Task What_was_typed_is_there_again_after_a_reload_until_it_is_submitted()
    {
        var page = await (await VisitAsync()).OpenAsync("/new");
        var field = page.GetByLabel("Text to translate");
        await Expect(page.Locator("form[data-draft]")).ToHaveCountAsync(1);
        await field.FillAsync("A long letter.");

        await page.ReloadAsync();
        await Expect(field).ToHaveValueAsync("A long letter.");
        await Expect(page.GetByText("14 characters")).ToBeVisibleAsync();
        await Translate(page).ClickAsync();
        await ExpectJobPageAsync(page);
        await ExpectSuccessAsync(page);

        await page.GotoAsync("/new");
        await Expect(page.Locator("form[data-draft]")).ToHaveCountAsync(1);
        await Expect(field).ToHaveValueAsync("");
    }

    [ChromiumFact]
    public async Task A_pasted_file_is_taken_and_one_of_the_wrong_kind_is_refused_before_it_is_sent()
    {
        var visit = await VisitAsync();
        var page = await visit.OpenAsync("/new");
        await Expect(FileField(page)).ToBeEnabledAsync();
        await PasteAsync(page, "New translation", "scene.srt", Subtitles);
        await ExpectTakenAsync(page);

        List<string> sent = [];
        page.Request += (_, request) => sent.Add(request.Url);
        await page.GotoAsync("/?do=transcribe");
        await Expect(page.GetByLabel("Choose files")).ToBeEnabledAsync();
        await PasteAsync(page, "New transcription", "slides.pdf", "%PDF-1.7");

        await Expect(page.GetByText("This is not a file of the kind that is taken here; it was not sent.")).ToBeVisibleAsync();
        Assert.DoesNotContain(sent, url => url.Contains("/api/uploads", StringComparison.Ordinal));
    }

    private static async Task PasteAsync(IPage page, string form, string name, string content)
    {
        var data = await page.EvaluateHandleAsync(
            """
            ([name, content]) => {
              const transfer = new DataTransfer();
              transfer.items.add(new File([content], name, { type: name.endsWith(".pdf") ? "application/pdf" : "" }));
              return transfer;
            }
            """,
            new[] { name, content });
        await page.GetByRole(AriaRole.Form, new() { Name = form }).EvaluateAsync(
            "(form, clipboardData) => form.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))", data);
    }

    private static ILocator FileField(IPage page) => page.GetByLabel("Choose a file");

    private static async Task ChooseAsync(IPage page, string name, byte[] content)
    {
        await Expect(FileField(page)).ToBeEnabledAsync();
        await FileField(page).SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/plain", Buffer = content });
    }

    private static async Task ExpectTakenAsync(IPage page)
    {
        await Expect(page.GetByLabel("Text to translate")).ToHaveValueAsync(Subtitles);
        await Expect(page.GetByLabel("Format")).ToHaveValueAsync("srt");
        await Expect(page.GetByText("from scene.srt")).ToBeVisibleAsync();
    }
}

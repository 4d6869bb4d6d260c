using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProgressHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace ProgressHub.Tests.EndToEnd.Journeys;

/// <summary>Recordings of a human voice, dropped on the page and heard by the real PocketSphinx.</summary>
public sealed class TranscribeJourneys(JourneyStage stage) : Journey(stage)
{
    private const string Address = "/?do=transcribe";

    [ChromiumFact]
    public async Task Two_dropped_recordings_are_sent_heard_played_and_downloaded()
    {
        var page = await (await VisitAsync()).OpenAsync("/new");
        await page.GetByRole(AriaRole.Link, new() { Name = "Transcription" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex(@"/\?do=transcribe$"));
        await ChooseEngineAsync(page);

        await DropAsync(page, ("Front_Center.wav", Recording("Front_Center")), ("all.wav", AlsaSpeech.Joined()));
        await Expect(Rows(page)).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new() { Name = "Transcribe 2 files" }).ClickAsync();

        await Expect(Row(page, "Front_Center.wav")).ToContainTextAsync("Succeeded");
        await Expect(Row(page, "all.wav")).ToContainTextAsync("Succeeded");
        await Row(page, "all.wav").GetByRole(AriaRole.Link).ClickAsync();
        await ExpectJobPageAsync(page);
        Assert.Equal(AlsaSpeech.Words, string.Join(' ', await Texts(page).AllInnerTextsAsync()));
        await Expect(Wave(page)).ToHaveAttributeAsync("data-heard", "100%");
        await Expect(Wave(page)).ToHaveAttributeAsync("aria-valuemax", new Regex("^11"));
        Assert.StartsWith("1\n00:00:0", await DownloadAsync(page, Form(page, "SRT")), StringComparison.Ordinal);
        Assert.StartsWith("WEBVTT", await DownloadAsync(page, Form(page, "VTT")), StringComparison.Ordinal);
    }

    [ChromiumFact]
    public async Task Seeking_by_click_and_by_keyboard_marks_the_segment_that_is_heard()
    {
        var page = await (await VisitAsync()).OpenAsync(Address);
        await SendAsync(page, "thrice.wav", Long(minutes: 0.5));
        await Expect(Row(page, "thrice.wav")).ToContainTextAsync("Succeeded");
        await Row(page, "thrice.wav").GetByRole(AriaRole.Link).ClickAsync();
        await Expect(Wave(page)).ToHaveAttributeAsync("aria-valuemax", new Regex(@"^3\d"));
        var segments = Segments(page);
        Assert.InRange(await segments.CountAsync(), 2, 100);
        await AudioReadyAsync(page);

        await segments.Last.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(segments.Last).ToHaveAttributeAsync("aria-current", "true");
        var start = double.Parse((await segments.Last.GetAttributeAsync("data-start"))!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(await page.EvaluateAsync<double>("document.querySelector('audio').currentTime") >= start - 0.01);

        await page.EvaluateAsync("document.querySelector('audio').pause()");
        await Wave(page).FocusAsync();
        await page.Keyboard.PressAsync("Home");
        await Expect(Wave(page)).ToHaveAttributeAsync("aria-valuenow", "0.0");
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(Wave(page)).ToHaveAttributeAsync("aria-valuenow", "5.0");
        await Expect(segments.Last).Not.ToHaveAttributeAsync("aria-current", "true");
        await Expect(page.Locator(".segment[aria-current]")).ToHaveCountAsync(1);

        await page.EvaluateAsync("document.querySelector('audio').currentTime = 0.4");
        await Expect(segments.First).ToHaveAttributeAsync("aria-current", "true");
    }

    [ChromiumFact]
    public async Task The_waveform_fills_as_segments_come_and_what_there_is_can_be_downloaded()
    {
        var page = await (await VisitAsync()).OpenAsync(Address);
        await SendAsync(page, "long.wav", Long(minutes: 8));
        await Row(page, "long.wav").GetByRole(AriaRole.Link).ClickAsync();

        await Expect(Wave(page)).ToHaveAttributeAsync("data-heard", new Regex(@"^([1-9]|[1-9]\d)(\.\d+)?%$"));
        await Expect(Segments(page).First).ToBeVisibleAsync();
        var soFar = page.GetByRole(AriaRole.Link, new() { Name = "Download what there is so far as SRT", Exact = true });
        Assert.StartsWith("1\n00:00:0", await DownloadAsync(page, soFar), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, cancel it" }).ClickAsync();
        await Expect(State(page, "Canceled")).ToBeVisibleAsync();
        await Expect(Segments(page).First).ToBeVisibleAsync();
    }

    [ChromiumFact]
    public async Task Files_that_can_not_be_taken_say_why_on_their_rows_and_the_others_go_on()
    {
        var page = await (await VisitAsync()).OpenAsync(Address);
        await ChooseEngineAsync(page);

        await DropAsync(
            page, ("notes.wav", "These are no sounds, whatever the name says."u8.ToArray()), ("empty.mp3", []),
            ("Rear_Left.wav", Recording("Rear_Left")));
        await Expect(Row(page, "empty.mp3")).ToContainTextAsync("The file is empty.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Transcribe 2 files" }).ClickAsync();

        await Expect(Row(page, "notes.wav")).ToContainTextAsync("is not audio or video");
        await Expect(Row(page, "Rear_Left.wav")).ToContainTextAsync("Succeeded");
        await Row(page, "notes.wav").GetByRole(AriaRole.Link).ClickAsync();
        await ExpectJobPageAsync(page);
        await Expect(page.GetByText("There is no audio to play")).ToBeVisibleAsync();
    }

    [ChromiumFact]
    public async Task Without_a_file_it_is_said_at_the_field_and_a_refused_grammar_on_the_row()
    {
        var page = await (await VisitAsync()).OpenAsync(Address);
        await ChooseEngineAsync(page);

        await page.GetByRole(AriaRole.Button, new() { Name = "Transcribe" }).ClickAsync();
        await Expect(page.GetByLabel("Choose files")).ToHaveAttributeAsync("aria-invalid", "true");
        await page.GetByLabel("Grammar").FillAsync("import <x.y>;");
        await DropAsync(page, ("Front_Left.wav", Recording("Front_Left")));
        await page.GetByRole(AriaRole.Button, new() { Name = "Transcribe 1 file" }).ClickAsync();

        await Expect(Row(page, "Front_Left.wav")).ToContainTextAsync("rammar");
        await Expect(Row(page, "Front_Left.wav")).ToContainTextAsync("Failed");
    }

    [ChromiumFact]
    public async Task A_file_that_is_being_sent_goes_on_while_another_page_is_visited_and_can_be_canceled()
    {
        var page = await (await VisitAsync()).OpenAsync(Address);
        await page.RouteAsync("**/api/uploads/*", route => route.Request.Method == "PATCH" ? Task.CompletedTask : route.ContinueAsync());
        await SendAsync(page, "slow.wav", Recording("Side_Left"));
        await Expect(Row(page, "slow.wav")).ToContainTextAsync("Sending, 0 %");
        await Row(page, "slow.wav").GetByRole(AriaRole.Link).ClickAsync();
        await ExpectJobPageAsync(page);
        await page.GoBackAsync();

        await Expect(Row(page, "slow.wav")).ToContainTextAsync("Sending, 0 %");
        await Expect(page.GetByText("upload_incomplete")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel slow.wav" }).ClickAsync();

        await Expect(Row(page, "slow.wav")).ToContainTextAsync("Canceled");
        await Expect(page.Locator("html[data-sending]")).ToHaveCountAsync(0);
    }

    private static byte[] Recording(string name) => File.ReadAllBytes(Path.Combine(AlsaSpeech.Folder, $"{name}.wav"));

    private static byte[] Long(double minutes)
    {
        var file = Path.Combine(Path.GetTempPath(), $"progresshub-{Guid.NewGuid():N}.wav");
        try
        {
            AlsaSpeech.WriteLong(file, minutes);
            return File.ReadAllBytes(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static ILocator Rows(IPage page) =>
        page.GetByRole(AriaRole.List, new() { Name = "Files" }).GetByRole(AriaRole.Listitem);

    private static ILocator Row(IPage page, string name) => Rows(page).Filter(new() { HasText = name });

    private static ILocator Segments(IPage page) =>
        page.GetByRole(AriaRole.Log, new() { Name = "Segments" }).GetByRole(AriaRole.Listitem);

    private static ILocator Texts(IPage page) => Segments(page).Locator(".text");

    private static ILocator Wave(IPage page) => page.GetByRole(AriaRole.Slider, new() { Name = "Position in the audio" });

    private static ILocator Form(IPage page, string name) =>
        page.GetByRole(AriaRole.Link, new() { Name = $"Download the transcript as {name}", Exact = true });

    private static async Task ChooseEngineAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Radio, new() { Name = "PocketSphinx" }).CheckAsync();
        await page.GetByLabel("Grammar").FillAsync(AlsaSpeech.Grammar);
        await Expect(page.GetByLabel("Choose files")).ToBeEnabledAsync();
    }

    private static async Task SendAsync(IPage page, string name, byte[] content)
    {
        await ChooseEngineAsync(page);
        await page.GetByLabel("Choose files").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "audio/wav", Buffer = content });
        await page.GetByRole(AriaRole.Button, new() { Name = "Transcribe 1 file" }).ClickAsync();
    }

    private static async Task DropAsync(IPage page, params (string Name, byte[] Content)[] files)
    {
        var transfer = await page.EvaluateHandleAsync(
            """
            files => {
              const transfer = new DataTransfer();
              for (const { name, content } of files)
                transfer.items.add(new File([Uint8Array.from(atob(content), c => c.charCodeAt(0))], name));
              return transfer;
            }
            """,
            files.Select(f => new { name = f.Name, content = Convert.ToBase64String(f.Content) }).ToArray());
        await page.GetByRole(AriaRole.Form, new() { Name = "New transcription" })
            .DispatchEventAsync("drop", new { dataTransfer = transfer });
    }
}

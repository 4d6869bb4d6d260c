using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using ProgressHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace ProgressHub.Tests.EndToEnd.Journeys;

/// <summary>Pictures of every page, wide and narrow, light and dark, in <c>artifacts/screenshots</c>.</summary>
public sealed class LookJourneys(JourneyStage stage) : Journey(stage)
{
    private const int Narrow = 375;
    private const int Wide = 1280;

    private static readonly string Folder = FindFolder();

    [ChromiumFact]
    public async Task No_page_scrolls_sideways_on_a_phone()
    {
        const string Word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
        Engine.Refuse("goat");
        var failed = await SubmitAsync($"{Word}: failed", $"{Text}\n\n{Word}");
        await (await Server.Client.GetAsync($"/api/jobs/{failed}/result?wait=20")).Content.ReadAsStringAsync();
        var recording = await SubmitRecordingAsync(Word);
        await (await Server.Client.GetAsync($"/api/jobs/{recording}/result?wait=60")).Content.ReadAsStringAsync();
        var elsewhere = await SubmitElsewhereAsync(Word);
        Engine.Hold();
        var running = await SubmitAsync($"{Word}: running", $"{Word}\n\n{Text}");
        Engine.Let(3);

        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            foreach (var width in (int[])[Wide, Narrow])
            {
                var visit = await VisitAsync(new()
                {
                    ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 800 },
                });
                var page = await visit.OpenAsync();
                await Expect(page.GetByRole(AriaRole.List, new() { Name = "Latest jobs" })).ToBeVisibleAsync();
                await LookAsync(page, "overview", scheme);
                foreach (var name in (string[])["new", "queue", "webhooks", "engines", "settings"])
                {
                    await page.GotoAsync($"/{name}");
                    await Expect(page.Locator("h1")).ToBeVisibleAsync();
                    await Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
                    await LookAsync(page, name, scheme);
                }

                await page.GotoAsync("/?do=transcribe");
                await page.GetByRole(AriaRole.Radio, new() { Name = "PocketSphinx" }).CheckAsync();
                await Expect(page.GetByLabel("Choose files")).ToBeEnabledAsync();
                await page.GetByLabel("Choose files").SetInputFilesAsync(
                    [new FilePayload { Name = $"{Word}.wav", MimeType = "audio/wav", Buffer = [1, 2, 3] }, new FilePayload { Name = "empty.mp3", MimeType = "audio/mpeg", Buffer = [] }]);
                await Expect(page.GetByText("The file is empty.")).ToBeVisibleAsync();
                await LookAsync(page, "home-transcribe", scheme);
                await page.GotoAsync("/?do=external");
                await Expect(page.GetByLabel("Title")).ToBeVisibleAsync();
                await LookAsync(page, "home-external", scheme);
                await page.GetByRole(AriaRole.Button, new() { Name = "Make the job" }).ClickAsync();
                await Expect(page.GetByText("Watch the job")).ToBeVisibleAsync();
                await LookAsync(page, "home-external-made", scheme);
                await page.GotoAsync("/connect");
                await Expect(page.Locator("#native .run")).ToBeEnabledAsync();
                await LookAsync(page, "connect", scheme);
                await page.GotoAsync("/jobs");
                await Expect(page.GetByRole(AriaRole.List, new() { Name = "Jobs" })).ToBeVisibleAsync();
                await LookAsync(page, "jobs", scheme);
                await page.GotoAsync($"/jobs/{running}");
                await Expect(PiecesIn(page)).ToHaveCountAsync(3);
                await LookAsync(page, "job-running", scheme);
                await page.GotoAsync($"/jobs/{failed}");
                await Expect(page.GetByText("1 of 7 failed", new() { Exact = true })).ToBeVisibleAsync();
                await LookAsync(page, "job-failed", scheme);
                await page.GotoAsync($"/jobs/{recording}");
                await Expect(page.GetByRole(AriaRole.Slider, new() { Name = "Position in the audio" })).ToHaveAttributeAsync("data-heard", "100%");
                await AudioReadyAsync(page);
                await page.EvaluateAsync("document.querySelector('audio').currentTime = 4");
                await Expect(page.Locator(".segment[aria-current]")).ToHaveCountAsync(1);
                await LookAsync(page, "job-audio", scheme);
                await page.GotoAsync($"/jobs/{elsewhere}");
                await page.GetByText("How its program reports").ClickAsync();
                await LookAsync(page, "job-external", scheme);
                await page.GotoAsync($"/watch/{running}");
                await Expect(page.GetByRole(AriaRole.List, new() { Name = "Results" }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(3);
                await LookAsync(page, "watch", scheme);
            }
        }
    }

    private async Task<string> SubmitRecordingAsync(string title)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("transcription"), "kind" },
            { new StringContent($"{title}: heard"), "title" },
            { new StringContent(JsonSerializer.Serialize(new { engine = "pocketsphinx", grammar = AlsaSpeech.Grammar })), "input" },
            { new ByteArrayContent(AlsaSpeech.Joined()), "file", "all.wav" },
        };
        using var response = await Server.Client.PostAsync("/api/jobs", form);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).Id();
    }

    private async Task<string> SubmitElsewhereAsync(string title)
    {
        using var response = await Server.Client.PostAsJsonAsync(
            "/api/jobs", new { kind = "external", title = $"{title}: elsewhere", input = new { heartbeatSeconds = 1, failAfterSeconds = 3600 } });
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).Id();
    }

    private static async Task LookAsync(IPage page, string name, ColorScheme scheme)
    {
        var width = page.ViewportSize!.Width;
        var path = Path.Combine(Folder, $"{name}-{width}-{scheme}.png".ToLowerInvariant());
        await page.ScreenshotAsync(new() { Path = path, FullPage = true });
        var content = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        Assert.True(content <= width, $"{name} is {content} px wide on a screen of {width} px; see {path}.");
    }

    private static string FindFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ProgressHub.sln")))
            folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? AppContext.BaseDirectory, "artifacts", "screenshots");
    }
}

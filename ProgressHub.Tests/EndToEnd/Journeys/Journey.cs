using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProgressHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace ProgressHub.Tests.EndToEnd.Journeys;

/// <summary>
/// What a person does in a browser, start to end. Each journey also asserts that no page failed, complained in its
/// console, broke its policy or asked another host.
/// </summary>
[Collection(JourneyCollection.Name)]
public abstract partial class Journey(JourneyStage stage) : IAsyncLifetime
{
    /// <summary>Each a batch of its own.</summary>
    private static readonly string[] Paragraphs =
    [
        "The keeper lit the old lamp before the storm.",
        "An old captain saw the light from his ship.",
        "The goat stood in the rain and did not move.",
        "Her brother painted the red boat once again.",
        "In the morning the sea was quiet and bright.",
    ];

    private readonly List<BrowserVisit> _visits = [];

    internal static string Text => string.Join("\n\n", Paragraphs);

    internal static int Pieces => Paragraphs.Length;

    internal HeldEngine Engine => stage.Engine;

    internal ServerProcess Server => stage.Server;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (stage.Engine is { } engine)
        {
            engine.Refuse(null);
            engine.LetAll();
        }

        foreach (var visit in _visits)
            await visit.DisposeAsync();
        foreach (var visit in _visits)
            visit.AssertCalm();
    }

    internal async Task<BrowserVisit> VisitAsync(BrowserNewContextOptions? options = null, ServerProcess? server = null)
    {
        var visit = await BrowserVisit.StartAsync(stage.Browser, (server ?? Server).Address, options);
        _visits.Add(visit);
        return visit;
    }

    /// <summary>Submits a job as another program does; returns its id.</summary>
    internal async Task<string> SubmitAsync(string title, string? text = null, ServerProcess? server = null, string? webhook = null)
    {
        using var response = await (server ?? Server).Client.PostAsJsonAsync("/api/jobs", new
        {
            kind = "translation", title, input = new { text = text ?? Text, format = "plain", targetLanguage = "es" },
            webhook = webhook is null ? null : new { url = webhook, events = new[] { "done" } },
        });
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(response.IsSuccessStatusCode, $"{answer}");
        return answer.Id();
    }

    internal static ILocator Translate(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Translate" });

    /// <summary>Expects the page of one job, not the list that shows jobs too.</summary>
    internal static async Task ExpectJobPageAsync(IPage page)
    {
        await Expect(page).ToHaveURLAsync(JobAddress());
        await Expect(page.GetByRole(AriaRole.Group, new() { Name = "Actions" })).ToBeVisibleAsync();
    }

    internal static ILocator Bar(IPage page) => page.GetByRole(AriaRole.Progressbar);

    /// <summary>The pieces of the result that a job's page shows.</summary>
    internal static ILocator PiecesIn(IPage page) =>
        page.GetByRole(AriaRole.Log, new() { Name = "Pieces of the result" }).GetByRole(AriaRole.Listitem);

    /// <summary>Waits until the browser knows the audio well enough to seek in it.</summary>
    internal static Task AudioReadyAsync(IPage page) => page.EvaluateAsync(
        """
        () => new Promise(resolve => {
          const audio = document.querySelector("audio");
          if (audio.readyState) resolve();
          else audio.addEventListener("loadedmetadata", () => resolve(), { once: true });
        })
        """);

    internal static ILocator Heading(IPage page, string name) =>
        page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true, Level = 1 });

    /// <summary>Expects exactly the first pieces, each once and in order.</summary>
    internal static Task ExpectPiecesAsync(IPage page, int count) =>
        Expect(PiecesIn(page)).ToHaveTextAsync(Paragraphs.Take(count).Select(
            (text, index) => string.Create(CultureInfo.InvariantCulture, $"{index + 1}{text.ToUpperInvariant()}")));

    internal static async Task ExpectSuccessAsync(IPage page)
    {
        await Expect(Bar(page)).ToHaveAttributeAsync("aria-valuenow", "100");
        await Expect(State(page, "Succeeded")).ToBeVisibleAsync();
    }

    internal static ILocator State(IPage page, string name) => page.GetByRole(AriaRole.Banner).Or(page.GetByRole(AriaRole.Main))
        .GetByText(name, new() { Exact = true }).First;

    /// <summary>Goes by the Tab key until an element has the focus.</summary>
    internal static async Task TabToAsync(IPage page, ILocator target)
    {
        for (var presses = 0; presses < 60; presses++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail("The keyboard does not get there.");
    }

    /// <summary>Follows a link that downloads; returns what came.</summary>
    internal static async Task<string> DownloadAsync(IPage page, ILocator link)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
        return await File.ReadAllTextAsync(await download.PathAsync());
    }

    internal static ILocator ResultLink(IPage page) => page.GetByRole(AriaRole.Link, new() { Name = "Download the result" });

    [GeneratedRegex("/jobs/[0-9a-f]{32}$")]
    private static partial Regex JobAddress();
}

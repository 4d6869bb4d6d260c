using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProgressHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace ProgressHub.Tests.EndToEnd.Journeys;

/// <summary>A log of thousands of lines, read in the page.</summary>
public sealed class LogJourneys(JourneyStage stage) : Journey(stage)
{
    private const int Lines = 5000;
    private const int ManyLines = 200_000;
    private const string Trace = "Traceback (most recent call last):\n  File \"import.py\", line 88, in <module>\n\tmain()\nValueError: n/a";

    private string _id = "";
    private string _token = "";
    private int _number;

    [ChromiumFact]
    public async Task Any_line_is_reached_found_filtered_linked_to_and_followed()
    {
        await MakeAsync();
        var visit = await VisitAsync(new() { ViewportSize = new() { Width = 1280, Height = 800 } });
        var page = await visit.OpenAsync($"/jobs/{_id}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Log", Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("tab=log$"));

        // It opens at its end, and holds few of its lines.
        await Expect(Line(page, Lines)).ToContainTextAsync($"line {Lines}");
        Assert.InRange(await page.Locator(".rows .row").CountAsync(), 10, 200);

        // The first is as near as the last, also by its address.
        await page.GetByRole(AriaRole.Log, new() { Name = "Log lines" }).EvaluateAsync("rows => rows.scrollTop = 0");
        await Expect(Line(page, 1)).ToContainTextAsync("line 1");
        await page.GotoAsync($"/jobs/{_id}?tab=log&line=2500");
        await Expect(Line(page, 2500)).ToHaveClassAsync(new Regex(@"\bat\b"));
        await Expect(Line(page, 2500)).ToBeInViewportAsync();

        // A stack trace keeps its lines and its indentation; a colour is a class, and markup is text.
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Search the log" }).FillAsync("Traceback");
        await Expect(page.GetByText("1 of 2")).ToBeVisibleAsync();
        await Expect(Line(page, 777)).ToBeInViewportAsync();
        var rows = await page.Locator(".row.error .text").AllTextContentsAsync();
        Assert.Contains("  File \"import.py\", line 88, in <module>", rows);
        Assert.Equal("pre", await page.Locator(".row .text").First.EvaluateAsync<string>("e => getComputedStyle(e).whiteSpace"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Next match" }).ClickAsync();
        await Expect(Line(page, 1777)).ToBeInViewportAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Previous match" }).ClickAsync();
        await Expect(Line(page, 777)).ToBeInViewportAsync();

        await page.GetByLabel("Levels").SelectOptionAsync("Errors");
        await Expect(page.GetByText($"2 of {Lines:#,0} lines", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page.Locator(".rows .row")).ToHaveCountAsync(2 * Trace.Split('\n').Length);
        await page.GetByLabel("Levels").SelectOptionAsync("All levels");
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Search the log" }).FillAsync("coloured");
        await Expect(page.Locator(".row .ink-1").First).ToHaveTextAsync("red");
        Assert.Equal(0, await page.Locator(".rows b").CountAsync());

        await DownloadedAsync(page);
        await FollowedAsync(page);
    }

    [ChromiumFact]
    public async Task In_a_log_of_200_000_lines_every_jump_lands_on_its_line()
    {
        await MakeAsync(ManyLines);
        var visit = await VisitAsync(new() { ViewportSize = new() { Width = 1280, Height = 800 } });
        var page = await visit.OpenAsync($"/jobs/{_id}?tab=log&line=123456");
        await Expect(Line(page, 123_456)).ToHaveClassAsync(new Regex(@"\bat\b"));
        await Expect(Line(page, 123_456)).ToBeInViewportAsync();
        await Expect(page.GetByText($"{ManyLines:#,0} lines", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(Line(page, 123_456)).ToBeInViewportAsync();

        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Search the log" }).FillAsync("needle");
        await Expect(page.GetByText("2 of 2", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(Line(page, 150_000)).ToBeInViewportAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Next match" }).ClickAsync();
        await Expect(Line(page, 50_000)).ToBeInViewportAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Previous match" }).ClickAsync();
        await Expect(Line(page, 150_000)).ToBeInViewportAsync();

        // Wrapped, the rows are others, and the line is still found.
        await page.GetByRole(AriaRole.Button, new() { Name = "Wrap" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Wrap" })).ToHaveAttributeAsync("aria-pressed", "true");
        await page.GetByRole(AriaRole.Button, new() { Name = "Next match" }).ClickAsync();
        await Expect(Line(page, 50_000)).ToBeInViewportAsync();
        Assert.InRange(await page.Locator(".rows .row").CountAsync(), 10, 400);

        await page.GetByRole(AriaRole.Button, new() { Name = "Follow the end" }).ClickAsync();
        await Expect(Line(page, ManyLines)).ToBeInViewportAsync();
        await SayAsync("one more");
        await Expect(Line(page, ManyLines + 1)).ToBeInViewportAsync();

        // The page to share holds the last of them.
        var shared = await visit.OpenAsync($"/watch/{_id}");
        await Expect(shared.Locator("#log li").Last).ToContainTextAsync("one more");
        await Expect(shared.Locator("#log li").Last).ToBeInViewportAsync();
    }

    [ChromiumFact]
    public async Task Wrapped_nothing_is_cut_off_and_the_page_never_grows_wider()
    {
        await MakeAsync();
        var visit = await VisitAsync(new() { ViewportSize = new() { Width = 390, Height = 800 } });
        var page = await visit.OpenAsync($"/jobs/{_id}?tab=log&line=10");
        await Expect(Line(page, 10)).ToBeInViewportAsync();
        var log = page.GetByRole(AriaRole.Log, new() { Name = "Log lines" });
        Assert.True(await log.EvaluateAsync<bool>("e => e.scrollWidth > e.clientWidth"));

        await page.GetByRole(AriaRole.Button, new() { Name = "Wrap" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Wrap" })).ToHaveAttributeAsync("aria-pressed", "true");
        await Patience.UntilAsync(
            () => log.EvaluateAsync<bool>("e => [...e.querySelectorAll('.row')].every(r => r.scrollWidth <= e.clientWidth)"), "no row is wider than the log");
        Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    private async Task FollowedAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Follow the end" }).ClickAsync();
        await Expect(Line(page, Lines)).ToBeInViewportAsync();
        await SayAsync("one more");
        await Expect(Line(page, Lines + 1)).ToBeInViewportAsync();

        await page.GetByRole(AriaRole.Log, new() { Name = "Log lines" }).EvaluateAsync("rows => rows.scrollTop -= 4000");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Follow the end" })).ToBeVisibleAsync();
        await SayAsync("and another");
        await Expect(page.GetByText($"{Lines + 2:#,0} lines", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(Line(page, Lines + 2)).Not.ToBeInViewportAsync();
    }

    private static async Task DownloadedAsync(IPage page)
    {
        var download = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Button, new() { Name = "Download the log as text" }).ClickAsync());
        var text = await File.ReadAllTextAsync(await download.PathAsync());
        Assert.Contains($" line {Lines}", text, StringComparison.Ordinal);
        Assert.Contains(Trace, text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
    }

    // By its number: it may be one row of several.
    private static ILocator Line(IPage page, int number) => page.Locator(".rows .row").Filter(
        new() { Has = page.GetByRole(AriaRole.Link, new() { Name = string.Create(CultureInfo.InvariantCulture, $"Line {number}"), Exact = true }) });

    private async Task MakeAsync(int lines = Lines)
    {
        using var response = await Server.Client.PostAsJsonAsync(
            "/api/jobs", new { kind = "external", title = "Talks much", input = new { heartbeatSeconds = 3600 } });
        var made = await response.Content.ReadFromJsonAsync<JsonElement>();
        (_id, _token) = (made.Id(), made.GetProperty("writeToken").GetString()!);
        foreach (var part in Enumerable.Range(1, lines).Chunk(2000))
            await SendAsync(part.Select(Report));
    }

    private Task SayAsync(string message) => SendAsync([Report("info", message)]);

    private string Report(int line) => line switch
    {
        777 or 1777 => Report("error", Trace),
        50_000 or 150_000 => Report("warning", $"line {line} is a needle"),
        3000 => Report("info", "coloured \u001b[31mred\u001b[0m <b>bold</b>"),
        _ => Report("info", $"line {line} {new string('x', line % 90)}"),
    };

    private string Report(string level, string message) => JsonSerializer.Serialize(new { number = ++_number, log = new { level, message } });

    private async Task SendAsync(IEnumerable<string> reports)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/jobs/{_id}/updates");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        request.Content = new StringContent(string.Join('\n', reports) + "\n", Encoding.UTF8, "application/x-ndjson");
        using var response = await Server.Client.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }
}

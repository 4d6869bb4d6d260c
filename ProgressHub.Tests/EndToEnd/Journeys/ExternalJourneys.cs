using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProgressHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace ProgressHub.Tests.EndToEnd.Journeys;

/// <summary>A program of one's own: made in the page, reported with nothing but what the page shows.</summary>
public sealed partial class ExternalJourneys(JourneyStage stage) : Journey(stage)
{
    [ChromiumFact]
    public async Task A_job_is_made_reported_stalls_is_revived_and_completes_live()
    {
        var page = await (await VisitAsync()).OpenAsync("/?do=external");
        await page.GetByLabel("Title").FillAsync("Nightly import");
        await page.GetByLabel("Stages").FillAsync("reading, writing");
        await page.GetByLabel("Stalled after").FillAsync("2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the job" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "waits for your program" })).ToBeVisibleAsync();
        var commands = await page.Locator("main pre").AllInnerTextsAsync();
        var token = commands[0].Trim();
        var id = JobInCommand().Match(string.Join('\n', commands)).Groups[1].Value;
        Assert.Contains(commands, c => c.Contains($"token='{token}'", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Link, new() { Name = "Watch the job" }).ClickAsync();
        await ExpectJobPageAsync(page);
        var panel = page.GetByRole(AriaRole.Region, new() { Name = "Done elsewhere" });
        await Expect(panel).ToContainTextAsync("has not been heard of");

        await ReportAsync(id, token, "updates", new { number = 1, stage = "reading", current = 3, total = 20, message = "Reading c.csv" });
        await Expect(page.GetByText("Reading c.csv").First).ToBeVisibleAsync();
        await Expect(panel).ToContainTextAsync("It was last heard of");
        await Expect(panel.GetByRole(AriaRole.Alert)).ToContainTextAsync("Stalled");
        await ReportAsync(id, token, "updates", new { number = 2, stage = "writing", fraction = 0.5 });
        await Expect(Bar(page)).ToHaveAttributeAsync("aria-valuenow", "75");
        await ReportAsync(id, token, "complete", new { result = new { text = "20 files.\n" } });

        await ExpectSuccessAsync(page);
        await Expect(panel).ToContainTextAsync("Its program reported that it is done.");
        Assert.Equal("20 files.\n", await DownloadAsync(page, ResultLink(page)));
    }

    [ChromiumFact]
    public async Task The_token_is_shown_once_and_what_the_page_says_to_paste_works_in_a_shell()
    {
        var visit = await VisitAsync();
        var page = await visit.OpenAsync("/?do=external");
        await page.GetByLabel("Title").FillAsync("It's a \"test\"");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the job" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "waits for your program" })).ToBeVisibleAsync();
        var commands = await page.Locator("main pre").AllInnerTextsAsync();
        var token = commands[0].Trim();

        await CommandRun.SucceedAsync(
            "sh", ["-c", $"set -e\n{commands[1]}\n{commands[2]}\n{commands[3].Split('\n')[0]}"], Path.GetTempPath(), Patience.Limit);

        await page.GetByRole(AriaRole.Link, new() { Name = "Watch the job" }).ClickAsync();
        await ExpectJobPageAsync(page);
        await ExpectSuccessAsync(page);
        Assert.DoesNotContain(token, await page.ContentAsync(), StringComparison.Ordinal);
    }

    [ChromiumFact]
    public async Task A_heartbeat_that_is_no_number_is_said_at_its_field()
    {
        var page = await (await VisitAsync()).OpenAsync("/?do=external");
        var field = page.GetByLabel("Stalled after");

        await field.FillAsync("soon");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the job" }).ClickAsync();

        await Expect(field).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(field).ToHaveAccessibleDescriptionAsync(new Regex("whole number"));
    }

    private async Task ReportAsync(string id, string token, string what, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/jobs/{id}/{what}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content = JsonContent.Create(body);
        using var response = await Server.Client.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, $"{await response.Content.ReadFromJsonAsync<JsonElement>()}");
    }

    [GeneratedRegex("/api/jobs/([0-9a-f]{32})/")]
    private static partial Regex JobInCommand();
}

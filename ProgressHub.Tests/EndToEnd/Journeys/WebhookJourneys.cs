using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProgressHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace ProgressHub.Tests.EndToEnd.Journeys;

public sealed class WebhookJourneys(JourneyStage stage) : Journey(stage)
{
    private const string Shots = "PROGRESSHUB_SHOTS";

    [ChromiumFact]
    public async Task A_failed_message_is_seen_sent_again_by_hand_and_arrives_also_after_the_server_was_killed()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = (context, _) => WebhookReceiver.StatusAsync(context, 500, "The receiver is out to lunch.");
        await using var server = await ServerProcess.StartNewAsync(
            [.. Engine.Settings, ("Webhooks:AllowPrivateAddresses", "true"), ("Webhooks:RetryDelays:0", "01:00:00")]);
        var (id, secret) = await SubmitHookedAsync(server, receiver.Url);
        var visit = await VisitAsync(server: server);
        var page = await visit.OpenAsync($"/jobs/{id}?tab=webhook");
        var panel = page.GetByRole(AriaRole.Region, new() { Name = "Webhook" });
        await Expect(panel.GetByText("HTTP 500").First).ToBeVisibleAsync();
        await panel.GetByText("1 attempt").ClickAsync();
        await Expect(panel.GetByText("The receiver is out to lunch.")).ToBeVisibleAsync();
        await ShootAsync(page);

        visit.ExpectLostConnections();
        await server.KillAsync();
        await server.StartAsync();
        receiver.AnswerWith(204);
        await Expect(panel.GetByText("Active")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await panel.GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();

        await Expect(panel.GetByText("Delivered", new() { Exact = true })).ToBeVisibleAsync();
        var messages = await receiver.ReceiveAsync(2);
        Assert.Single(messages.Select(m => m.Id).Distinct());
        Assert.All(messages, m => Assert.True(m.IsSignedWith(secret)));
        await AssertNowhereAsync(server, secret["whsec_".Length..]);
        await visit.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task What_was_given_up_is_sent_again_by_keys_from_the_list_of_all_and_the_focus_stays_in_its_row()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.AnswerWith(500);
        await SubmitAsync("Gives up at once", webhook: receiver.Url);
        var page = await (await VisitAsync()).OpenAsync("/webhooks?state=failed");
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Gives up at once" });
        await Expect(row).ToContainTextAsync("1 given up");
        await page.GetByRole(AriaRole.Link, new() { Name = "All", Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/webhooks$"));
        receiver.AnswerWith(204);

        await row.GetByRole(AriaRole.Button, new() { Name = "Send again what was given up of Gives up at once" }).PressAsync("Enter");

        await Expect(row).ToContainTextAsync("1 delivered");
        await Expect(row.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await Expect(row).ToBeFocusedAsync();
    }

    private static async Task<(string Id, string Secret)> SubmitHookedAsync(ServerProcess server, string url)
    {
        using var response = await server.Client.PostAsJsonAsync("/api/jobs", new
        {
            kind = "translation", title = "Tells others", input = new { text = "Hello.", format = "plain", targetLanguage = "es" },
            webhook = new { url, events = new[] { "done" } },
        });
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(response.IsSuccessStatusCode, $"{answer}");
        return (answer.Id(), answer.GetProperty("webhook").GetProperty("secret").GetString()!);
    }

    private static async Task AssertNowhereAsync(ServerProcess server, string secret)
    {
        Assert.DoesNotContain(secret, server.Output, StringComparison.Ordinal);
        await server.StopAsync();
        foreach (var file in Directory.GetFiles(server.DataDirectory, "*", SearchOption.AllDirectories))
        {
            var bytes = await File.ReadAllBytesAsync(file);
            Assert.Equal(-1, bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(secret)));
            Assert.Equal(-1, bytes.AsSpan().IndexOf(Convert.FromBase64String(secret)));
        }
    }

    /// <summary>Pictures of the panel for who asks for them: light, dark and narrow.</summary>
    private static async Task ShootAsync(IPage page)
    {
        if (Environment.GetEnvironmentVariable(Shots) is not { Length: > 0 } folder)
            return;
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, "light.png"), FullPage = true });
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, "dark.png"), FullPage = true });
        await page.SetViewportSizeAsync(390, 800);
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, "narrow.png"), FullPage = true });
    }
}

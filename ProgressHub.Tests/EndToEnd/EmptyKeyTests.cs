using System.Net.Http.Json;
using System.Text.Json;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.EndToEnd;

/// <summary>A key file that a power loss left empty costs nothing but the time until it is put back.</summary>
public sealed class EmptyKeyTests
{
    [Fact]
    public async Task Pages_and_submissions_work_and_a_pending_webhook_waits_for_its_key()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = (context, _) => WebhookReceiver.StatusAsync(context, 500);
        await using var server = await ServerProcess.StartNewAsync(
            ("Webhooks:AllowPrivateAddresses", "true"), ("Webhooks:RetryDelays:0", "00:00:03"), ("Webhooks:RetryDelays:1", "00:00:03"),
            ("Webhooks:RetryDelays:2", "01:00:00"), ("Translation:PseudoDelay", "00:00:00"));
        var id = await SubmitAsync(server, receiver.Url);
        await Patience.UntilAsync(() => !receiver.Messages.IsEmpty, "it was tried");
        await server.KillAsync();
        var key = Assert.Single(Directory.GetFiles(Path.Combine(server.DataDirectory, "keys"), "*.xml"));
        var content = await File.ReadAllBytesAsync(key);
        await File.WriteAllBytesAsync(key, []);

        await server.StartAsync();

        using var page = await server.Client.GetAsync("/");
        Assert.True(page.IsSuccessStatusCode, await page.Content.ReadAsStringAsync());
        Assert.Contains(".unreadable", server.Output, StringComparison.Ordinal);
        var other = await SubmitAsync(server, receiver.Url);
        await server.Client.EndAsync(other);
        await Patience.UntilAsync(
            async () => (await WebhookAsync(server, id)).Contains("does not have the key", StringComparison.Ordinal), "it was tried without its key");
        Assert.Contains("\"pending\"", await WebhookAsync(server, id), StringComparison.Ordinal);

        // Put back, it is used again.
        await server.StopAsync();
        await File.WriteAllBytesAsync(key, content);
        receiver.Answer = (context, _) => WebhookReceiver.StatusAsync(context, 204);
        await server.StartAsync();
        var seq = JsonElement.Parse(await WebhookAsync(server, id)).GetProperty("deliveries")[0].GetProperty("eventSeq").GetInt64();
        using var retry = await server.Client.PostAsync($"/api/jobs/{id}/webhook/deliveries/{seq}/retry", null);
        await Patience.UntilAsync(
            async () => (await WebhookAsync(server, id)).Contains("\"delivered\"", StringComparison.Ordinal), "it is delivered");
    }

    private static async Task<string> SubmitAsync(ServerProcess server, string url)
    {
        using var response = await server.Client.PostAsJsonAsync("/api/jobs", new
        {
            kind = "translation", input = new { text = "Hello", engine = "pseudo", targetLanguage = "eo" }, webhook = new { url },
        });
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await WebServer.ReadAsync(response)).Id();
    }

    private static Task<string> WebhookAsync(ServerProcess server, string id) => server.Client.GetStringAsync($"/api/jobs/{id}/webhook");
}

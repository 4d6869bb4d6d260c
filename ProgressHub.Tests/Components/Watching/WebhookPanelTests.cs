using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Webhooks;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Watching;

namespace ProgressHub.Tests.Components.Watching;

public sealed class WebhookPanelTests : ComponentTest
{
    [Fact]
    public async Task A_webhook_is_shown_with_its_attempts_and_a_message_can_be_sent_again()
    {
        var id = await SubmitAsync("https://hooks.example:8443/s3cret-path");
        var now = TimeProvider.System.GetUtcNow();
        await Store.Webhooks.EnqueueAsync(
            id, 5, true, [new() { Seq = 3, Type = "log", At = now }, new() { Seq = 5, Type = "done", At = now }], now, default);
        await RecordAsync(id, 3, WebhookDeliveryState.Failed, 500, "<b>Oops</b>");
        var panel = Render<WebhookPanel>(p => p.Add(x => x.JobId, id));

        panel.WaitForElement(".webhook");
        Assert.Equal("hooks.example:8443", panel.Find(".target code").TextContent);
        Assert.DoesNotContain("whsec_", panel.Markup, StringComparison.Ordinal);
        Assert.Equal("Active", panel.Find(".state").TextContent);
        Assert.Equal(["on its way", "given up: HTTP 500"], panel.FindAll(".outcome").Select(o => o.TextContent.Trim()));
        Assert.Equal("<b>Oops</b>", panel.Find(".body").TextContent);

        await panel.FindAll(".again")[1].ClickAsync(new());

        panel.WaitForAssertion(() => Assert.StartsWith("HTTP 500", panel.FindAll(".outcome")[1].TextContent.Trim(), StringComparison.Ordinal));
        Assert.Equal(3, (await Store.Webhooks.FindNextAsync(id, default))!.Seq);
    }

    [Fact]
    public async Task It_follows_what_becomes_of_a_message()
    {
        var id = await SubmitAsync("https://hooks.example/");
        var now = TimeProvider.System.GetUtcNow();
        await Store.Webhooks.EnqueueAsync(id, 5, true, [new() { Seq = 5, Type = "done", At = now }], now, default);
        var panel = Render<WebhookPanel>(p => p.Add(x => x.JobId, id));
        panel.WaitForElement(".webhook");

        await RecordAsync(id, 5, WebhookDeliveryState.Delivered, 204, null);
        Services.GetRequiredService<WebhookChanges>().Tell(id);

        panel.WaitForAssertion(() => Assert.Equal("Delivered", panel.Find(".state").TextContent));
        Assert.Equal("1 attempt", panel.Find("summary").TextContent);
    }

    [Fact]
    public async Task A_job_without_a_webhook_has_no_panel()
    {
        var panel = Render<WebhookPanel>(p => p.Add(x => x.JobId, DrivenJob.SubmitAsync(Services).Result.Id));

        await Task.Yield();
        Assert.Empty(panel.FindAll("section"));
    }

    private async Task<JobId> SubmitAsync(string url)
    {
        var id = (await DrivenJob.SubmitAsync(Services)).Id;
        var webhook = new NewWebhook(url, "hooks.example:443", ["log", "done"], new byte[32]);
        Store.Webhooks.Create((await Store.FindAsync(id, default))!, webhook);
        return id;
    }

    private async Task RecordAsync(JobId id, long seq, WebhookDeliveryState state, int status, string? body) =>
        await Store.Webhooks.RecordAsync(
            id, new WebhookOutcome(seq, new WebhookAttempt(DateTimeOffset.UnixEpoch, status, null, 12, body), state, null, false), default);
}

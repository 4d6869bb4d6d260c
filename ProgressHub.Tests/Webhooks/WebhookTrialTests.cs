using ProgressHub.Core.Webhooks;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Webhooks;

/// <summary>A message to try an address, and the address that an owner keeps.</summary>
public sealed class WebhookTrialTests : IAsyncLifetime
{
    private WebhookReceiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await WebhookReceiver.StartAsync();

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    [Fact]
    public async Task A_test_is_signed_sent_once_and_tells_what_the_receiver_said_and_a_kept_address_signs_with_its_own_secret()
    {
        await using var hooked = await HookedEngine.StartAsync();
        var (trial, defaults) = (hooked.Engine.Get<WebhookTrial>(), hooked.Engine.Get<DefaultWebhooks>());
        _receiver.Answer = (context, before) => WebhookReceiver.StatusAsync(context, before == 0 ? 200 : 500, $"Answer {before}");

        var well = await trial.SendAsync(_receiver.Url, null, CancellationToken.None).Soon();
        var badly = await trial.SendAsync(_receiver.Url, HookedEngine.Secret, CancellationToken.None).Soon();

        Assert.Equal((true, 200, "Answer 0"), (well.IsDelivered, well.Attempt.Status, well.Attempt.ResponseBody));
        Assert.Equal((false, 500, "Answer 1", null), (badly.IsDelivered, badly.Attempt.Status, badly.Attempt.ResponseBody, badly.Secret));
        var messages = _receiver.Messages.ToList();
        Assert.Equal([well.Id, badly.Id], messages.Select(message => message.Id));
        Assert.All(messages, message => Assert.Equal("test", message.Type));
        Assert.True(messages[0].IsSignedWith(well.Secret!));
        Assert.True(messages[1].IsSignedWith(HookedEngine.Secret));

        var secret = await defaults.KeepAsync("ann", _receiver.Url, ["done"], CancellationToken.None);
        Assert.Equal(secret, await defaults.SecretOfAsync("ann", _receiver.Url, CancellationToken.None));
        Assert.Null(await defaults.KeepAsync("ann", _receiver.Url, ["log", "done"], CancellationToken.None));
        Assert.Equal(secret, await defaults.SecretOfAsync("ann", _receiver.Url, CancellationToken.None));
        Assert.Null(await defaults.SecretOfAsync("ann", _receiver.Url + "&other", CancellationToken.None));
        Assert.Null(await defaults.SecretOfAsync("eve", _receiver.Url, CancellationToken.None));
        var refusal = await Assert.ThrowsAsync<InvalidWebhookException>(
            () => defaults.KeepAsync("ann", "ftp://example.org/", ["done"], CancellationToken.None));
        Assert.Equal("invalid_webhook_url", refusal.Code);
        Assert.Equal(["log", "done"], (await defaults.FindAsync("ann", CancellationToken.None))!.Events);
    }
}

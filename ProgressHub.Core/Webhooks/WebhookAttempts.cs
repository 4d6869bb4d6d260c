using Microsoft.Extensions.Options;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Webhooks;

/// <summary>Makes attempts to deliver: reads the event, signs and sends it, and says what is to become of the delivery.</summary>
internal sealed class WebhookAttempts(
    IEventLog log, WebhookSender sender, ISecretProtector protector, IOptions<WebhookOptions> options, TimeProvider time)
{
    /// <summary>Sends a delivery once.</summary>
    /// <returns>What came of it, to be kept.</returns>
    public async Task<WebhookOutcome> MakeAsync(
        Webhook webhook, WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var frames = await log.ReadAsync(webhook.JobId, delivery.Seq - 1, 1, cancellationToken);
        if (frames.Count == 0 || frames[0].Seq != delivery.Seq)
        {
            return new WebhookOutcome(
                delivery.Seq, new WebhookAttempt(time.GetUtcNow(), null, "The event is gone.", 0, null), WebhookDeliveryState.Failed, null, false);
        }

        // The key may be put back from a backup; so it waits as for a receiver that is away.
        if (protector.Unprotect(webhook.Target.ProtectedSecret.ToArray()) is not { } key)
        {
            return AgainOrFailed(
                delivery, new WebhookAttempt(time.GetUtcNow(), null, "The server does not have the key that opens this webhook's secret.", 0, null), null);
        }

        var answer = await sender.SendAsync(
            webhook.Target.Url, key, WebhookMessage.Of(frames[0], delivery.At), cancellationToken);
        if (answer.IsDelivered)
            return new WebhookOutcome(delivery.Seq, answer.Attempt, WebhookDeliveryState.Delivered, null, false);
        if (answer.IsGone)
            return new WebhookOutcome(delivery.Seq, answer.Attempt, WebhookDeliveryState.Failed, null, Disables: true);
        return AgainOrFailed(delivery, answer.Attempt, answer.RetryAfter);
    }

    private WebhookOutcome AgainOrFailed(WebhookDelivery delivery, WebhookAttempt attempt, TimeSpan? retryAfter)
    {
        var next = RetrySchedule.Next(
            delivery.AttemptCount + 1, delivery.At, time.GetUtcNow(), retryAfter, options.Value, Random.Shared.NextDouble());
        return new WebhookOutcome(
            delivery.Seq, attempt, next is null ? WebhookDeliveryState.Failed : WebhookDeliveryState.Pending, next, false);
    }
}

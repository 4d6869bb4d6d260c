using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Webhooks;

/// <summary>The deliveries of one job, in order: sends the next and keeps what came of it.</summary>
internal sealed partial class WebhookLane(
    IWebhookStore store, IEventLog log, WebhookSender sender, ISecretProtector protector, WebhookChanges changes,
    WebhookMetrics metrics, IOptions<WebhookOptions> options, TimeProvider time, ILogger<WebhookLane> logger)
{
    private static readonly TimeSpan StoreRetry = TimeSpan.FromMilliseconds(250);

    /// <summary>Sends a job's first pending delivery, if it is due.</summary>
    public async Task SendNextAsync(JobId id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } webhook
            || await store.FindNextAsync(id, cancellationToken) is not { } delivery
            || delivery.NextAttemptAt > time.GetUtcNow())
            return;

        var outcome = await AttemptAsync(webhook, delivery, cancellationToken);
        await RecordAsync(id, outcome, cancellationToken);
        metrics.Attempted(outcome switch
        {
            { Disables: true } => "disabled",
            { State: WebhookDeliveryState.Pending } => "retried",
            { State: WebhookDeliveryState.Delivered } => "delivered",
            _ => "failed",
        });
        if (outcome.State == WebhookDeliveryState.Failed)
            LogGivenUp(id, outcome.Seq);
        changes.Tell(id);
    }

    private async Task<WebhookOutcome> AttemptAsync(
        Webhook webhook, WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var frames = await log.ReadAsync(webhook.JobId, delivery.Seq - 1, 1, cancellationToken);
        if (frames.Count == 0 || frames[0].Seq != delivery.Seq)
            return Impossible(delivery, "The event is gone.");
        if (protector.Unprotect(webhook.Target.ProtectedSecret.ToArray()) is not { } key)
            return Impossible(delivery, "The server no longer has the keys that open this webhook's secret.");

        var answer = await sender.SendAsync(
            webhook.Target.Url, key, WebhookMessage.Of(frames[0], delivery.At), cancellationToken);
        if (answer.IsDelivered)
            return new WebhookOutcome(delivery.Seq, answer.Attempt, WebhookDeliveryState.Delivered, null, false);
        if (answer.IsGone)
            return new WebhookOutcome(delivery.Seq, answer.Attempt, WebhookDeliveryState.Failed, null, Disables: true);

        var next = RetrySchedule.Next(
            delivery.AttemptCount + 1, delivery.At, time.GetUtcNow(), answer.RetryAfter, options.Value,
            Random.Shared.NextDouble());
        return new WebhookOutcome(
            delivery.Seq, answer.Attempt, next is null ? WebhookDeliveryState.Failed : WebhookDeliveryState.Pending, next, false);
    }

    private WebhookOutcome Impossible(WebhookDelivery delivery, string why) => new(
        delivery.Seq, new WebhookAttempt(time.GetUtcNow(), null, why, 0, null), WebhookDeliveryState.Failed, null, false);

    private async Task RecordAsync(JobId id, WebhookOutcome outcome, CancellationToken cancellationToken)
    {
        // It was sent. Were that forgotten because the store is down for a moment, it would be sent again.
        while (true)
        {
            try
            {
                await store.RecordAsync(id, outcome, CancellationToken.None);
                return;
            }
            catch (StorageUnavailableException)
            {
                await Task.Delay(StoreRetry, time, cancellationToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The webhook of job {JobId} was given up for event {Seq}.")]
    private partial void LogGivenUp(JobId jobId, long seq);
}

using Microsoft.Extensions.Logging;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Retries;

namespace ProgressHub.Core.Webhooks;

/// <summary>The deliveries of one job, in order: sends the next and keeps what came of it.</summary>
internal sealed partial class WebhookLane(
    WebhookOutbox outbox, WebhookAttempts attempts, WebhookChanges changes, WebhookMetrics metrics, TimeProvider time,
    ILogger<WebhookLane> logger)
{
    /// <summary>Sends a job's first pending delivery, if it is due.</summary>
    public async Task SendNextAsync(JobId id, CancellationToken cancellationToken)
    {
        if (await outbox.TakeNextAsync(id, cancellationToken) is not var (webhook, delivery))
            return;

        var outcome = await attempts.MakeAsync(webhook, delivery, cancellationToken);
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

    // It was sent. Were that forgotten because the store is down for a moment, it would be sent again.
    private Task RecordAsync(JobId id, WebhookOutcome outcome, CancellationToken cancellationToken) =>
        StorageRetry.RetryUntilAvailableAsync(
            () => outbox.RecordAsync(id, outcome, CancellationToken.None).AsTask(), time, cancellationToken);

    [LoggerMessage(LogLevel.Warning, "The webhook of job {JobId} was given up for event {Seq}.")]
    private partial void LogGivenUp(JobId jobId, long seq);
}

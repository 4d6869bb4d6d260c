using System.Text.Json.Serialization;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Webhooks;

/// <summary>A webhook and what became of its messages, as its owner sees it; its secret is not in it.</summary>
/// <param name="Id">The webhook.</param>
/// <param name="Url">Where messages go.</param>
/// <param name="Events">The types of events it is told of.</param>
/// <param name="State">
/// <c>active</c> while there is something to come; then <c>delivered</c>, or <c>failed</c> where a message was given up;
/// <c>disabled</c> where the receiver answered 410.
/// </param>
/// <param name="Deliveries">The last hundred, in the order of their events.</param>
public sealed record WebhookView(
    string Id, string Url, IReadOnlyList<string> Events, string State, IReadOnlyList<DeliveryView> Deliveries)
{
    internal static WebhookView Of(Webhook webhook, IReadOnlyList<WebhookDelivery> deliveries) => new(
        webhook.Id, webhook.Target.Url, webhook.Target.Events, StateOf(webhook, deliveries),
        [.. deliveries.Select(DeliveryView.Of)]);

    private static string StateOf(Webhook webhook, IReadOnlyList<WebhookDelivery> deliveries) => WebhookStates.Of(
        webhook.IsDisabled, webhook.IsFollowing, deliveries.Any(d => d.State == WebhookDeliveryState.Pending),
        deliveries.Any(d => d.State == WebhookDeliveryState.Failed));
}

/// <summary>One event on its way.</summary>
/// <param name="EventSeq">The event's number.</param>
/// <param name="Type">Its type.</param>
/// <param name="State"><c>pending</c>, <c>delivered</c> or <c>failed</c>.</param>
/// <param name="Attempts">The last ten, oldest first.</param>
/// <param name="NextAttemptAt">When it is tried (again).</param>
public sealed record DeliveryView(
    long EventSeq, string Type, string State, IReadOnlyList<AttemptView> Attempts,
    [property: JsonConverter(typeof(UtcMillisecondsConverter))] DateTimeOffset? NextAttemptAt)
{
    internal static DeliveryView Of(WebhookDelivery delivery) => new(
        delivery.Seq, delivery.Type,
        delivery.State switch
        {
            WebhookDeliveryState.Pending => "pending",
            WebhookDeliveryState.Delivered => "delivered",
            _ => "failed",
        },
        [.. delivery.Attempts.Select(a => new AttemptView(a.At, a.Status, a.Error, a.DurationMs, a.ResponseBody))],
        delivery.NextAttemptAt);
}

/// <summary>One attempt to deliver.</summary>
/// <param name="At">When it began.</param>
/// <param name="Status">The HTTP status; null where none came.</param>
/// <param name="Error">What went wrong, for a person; null where the status says it all.</param>
/// <param name="DurationMs">How long it took, in milliseconds.</param>
/// <param name="ResponseBody">The beginning of the answer.</param>
public sealed record AttemptView(
    [property: JsonConverter(typeof(UtcMillisecondsConverter))] DateTimeOffset At, int? Status, string? Error,
    long DurationMs, string? ResponseBody);

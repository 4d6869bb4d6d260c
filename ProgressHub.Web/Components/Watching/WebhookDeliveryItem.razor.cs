using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Webhooks;

namespace ProgressHub.Web.Components.Watching;

/// <summary>One message of a webhook: where it stands, and its attempts.</summary>
public sealed partial class WebhookDeliveryItem
{
    /// <summary>The message.</summary>
    [Parameter, EditorRequired]
    public DeliveryView Delivery { get; set; } = null!;

    /// <summary>Whether something is being done already.</summary>
    [Parameter]
    public bool Busy { get; set; }

    /// <summary>Sends it again.</summary>
    [Parameter]
    public EventCallback OnSendAgain { get; set; }

    private string Mark => Delivery.State switch
    {
        "delivered" => "check",
        "failed" => "cross",
        _ => "clock",
    };

    private string Outcome => Delivery switch
    {
        { State: "delivered" } => "delivered",
        { State: "failed", Attempts.Count: > 0 } => $"given up: {Describe(Delivery.Attempts[^1])}",
        { State: "failed" } => "not sent",
        { Attempts.Count: > 0 } => Describe(Delivery.Attempts[^1]),
        _ => "on its way",
    };

    private string AttemptsText => Delivery.Attempts.Count == 1 ? "1 attempt" : $"{Delivery.Attempts.Count} attempts";

    private static string Describe(AttemptView attempt) => (attempt.Status, attempt.Error) switch
    {
        ({ } status, null) => $"HTTP {status}",
        ({ } status, { } error) => $"HTTP {status}. {error}",
        (_, { } error) => error,
        _ => "no answer",
    };

    private static string Stamp(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

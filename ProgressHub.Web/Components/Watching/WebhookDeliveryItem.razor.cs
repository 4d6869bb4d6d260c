using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Webhooks;
using ProgressHub.Web.Localization;

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
        { State: "delivered" } => UiText.Of("delivered"),
        { State: "failed", Attempts.Count: > 0 } => UiText.Of("given up: {0}", Describe(Delivery.Attempts[^1])),
        { State: "failed" } => UiText.Of("not sent"),
        { Attempts.Count: > 0 } => Describe(Delivery.Attempts[^1]),
        _ => UiText.Of("on its way"),
    };

    private string AttemptsText => UiText.Plural(Delivery.Attempts.Count, UiText.Key("1 attempt"), UiText.Key("{0:N0} attempts"));

    private static string Describe(AttemptView attempt) => (attempt.Status, attempt.Error) switch
    {
        ({ } status, null) => $"HTTP {status}",
        ({ } status, { } error) => $"HTTP {status}. {error}",
        (_, { } error) => error,
        _ => UiText.Of("no answer"),
    };

    private static string Stamp(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Webhooks;

/// <summary>Where a job is to tell of itself, as it is filled in.</summary>
public sealed class WebhookDraft
{
    /// <summary>What can be chosen: the types of events with commas between, and what that is called.</summary>
    public static IReadOnlyList<(string Value, string Label)> Choices { get; } =
    [
        (EventTypes.Done, UiText.Key("When it ends")),
        ($"{EventTypes.Started},{EventTypes.InputRequired},{EventTypes.Done}", UiText.Key("When it begins, asks, and ends")),
        (string.Join(',', EventTypes.All), UiText.Key("Everything that happens")),
    ];

    /// <summary>The address; null where it was not touched, empty where there is to be none.</summary>
    public string? Url { get; set; }

    /// <summary>The types of events, with commas between.</summary>
    public string Events { get; set; } = EventTypes.Done;

    /// <summary>The address as it is sent to; null where there is none.</summary>
    public string? Address => string.IsNullOrWhiteSpace(Url) ? null : Url.Trim();

    /// <summary>The types of events.</summary>
    public IReadOnlyList<string> Types => Events.Split(',');

    /// <summary>Takes what is kept as the owner's default.</summary>
    internal void Take(DefaultWebhook webhook) => (Url, Events) = (webhook.Url, string.Join(',', webhook.Events));
}

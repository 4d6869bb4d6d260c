using Microsoft.AspNetCore.Components;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Webhooks;

/// <summary>An address and the events to tell of.</summary>
public sealed partial class WebhookInput
{
    private const string Example = "https://example.org/hook";

    /// <summary>What is filled in.</summary>
    [Parameter, EditorRequired]
    public WebhookDraft Draft { get; set; } = new();

    /// <summary>What is wrong with the address.</summary>
    [Parameter]
    public string? Problem { get; set; }

    /// <summary>Another address was written.</summary>
    [Parameter]
    public EventCallback OnChange { get; set; }

    // What was kept may be another choice than those offered.
    private IEnumerable<(string Value, string Label)> Choices => WebhookDraft.Choices.Any(choice => choice.Value == Draft.Events)
        ? WebhookDraft.Choices.Select(choice => (choice.Value, UiText.Of(choice.Label)))
        : [.. WebhookDraft.Choices.Select(choice => (choice.Value, UiText.Of(choice.Label))), (Draft.Events, Draft.Events)];

    private Task ChangeAsync(string? url)
    {
        Draft.Url = url ?? "";
        return OnChange.InvokeAsync();
    }
}

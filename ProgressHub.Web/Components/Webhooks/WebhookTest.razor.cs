using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Webhooks;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Webhooks;

/// <summary>Sends a message to an address, and shows what the receiver said.</summary>
public sealed partial class WebhookTest
{
    private WebhookTrialResult? _result;
    private string? _sentTo;

    /// <summary>Where to; null where none is written.</summary>
    [Parameter, EditorRequired]
    public string? Url { get; set; }

    [Inject]
    private WebhookTrial Trial { get; set; } = null!;

    [Inject]
    private DefaultWebhooks Defaults { get; set; } = null!;

    private string Said => string.Join(" · ", new[]
    {
        _result?.Attempt.Status is { } status ? $"HTTP {status}" : null,
        _result?.Attempt.Error,
        UiText.Of("{0:N0} ms", _result?.Attempt.DurationMs ?? 0),
    }.OfType<string>());

    private Task SendAsync() => TryAsync(async () =>
    {
        if (Url is not { } url)
            return;
        CountSubmission();
        _result = null;
        var result = await Trial.SendAsync(url, await Defaults.SecretOfAsync(Caller.Owner, url, CancellationToken.None), CancellationToken.None);
        (_result, _sentTo) = (result, url);
    });
}

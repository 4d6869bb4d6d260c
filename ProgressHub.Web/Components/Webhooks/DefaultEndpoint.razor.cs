using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Webhooks;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Webhooks;

/// <summary>Where the caller's jobs from forms tell of themselves: kept, tried, removed. A new secret is shown once.</summary>
public sealed partial class DefaultEndpoint
{
    private readonly WebhookDraft _draft = new();
    private DefaultWebhook? _kept;
    private bool _isRead;
    private string? _problem;
    private string? _secret;
    private string? _said;

    [Inject]
    private DefaultWebhooks Defaults { get; set; } = null!;

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => TryAsync(async () =>
    {
        _kept = await Defaults.FindAsync(Caller.Owner, CancellationToken.None);
        if (_kept is { } own)
            _draft.Take(own);
        _isRead = true;
    });

    private Task SaveAsync() => TryAsync(async () =>
    {
        (_problem, _secret, _said) = (null, null, null);
        if (_draft.Address is not { } url)
            return;
        try
        {
            _secret = await Defaults.KeepAsync(Caller.Owner, url, _draft.Types, CancellationToken.None);
        }
        catch (InvalidWebhookException refusal)
        {
            _problem = RefusalTexts.Of(refusal);
            return;
        }

        _kept = await Defaults.FindAsync(Caller.Owner, CancellationToken.None);
        _said = L["The default address is kept."];
    });

    private Task RemoveAsync() => TryAsync(async () =>
    {
        await Defaults.RemoveAsync(Caller.Owner, CancellationToken.None);
        (_kept, _secret, _problem, _draft.Url) = (null, null, null, "");
        _said = L["There is no default address any more."];
    });
}

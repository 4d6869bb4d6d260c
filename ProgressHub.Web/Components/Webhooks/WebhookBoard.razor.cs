using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Webhooks;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Shared;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Webhooks;

/// <summary>The webhooks of the reader's jobs: where they stand, and sending again what was given up. Read anew every few seconds.</summary>
public sealed partial class WebhookBoard
{
    private const int PageSize = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    private static readonly Dictionary<string, string> Labels = new()
    {
        [WebhookStates.Active] = UiText.Key("Active"), [WebhookStates.Failed] = UiText.Key("Failed"),
        [WebhookStates.Disabled] = UiText.Key("Disabled"), [WebhookStates.Delivered] = UiText.Key("Delivered"),
    };

    private ListPage<OwnedWebhook>? _page;
    private (string? State, long? Before)? _read;
    private bool _isBusy;
    private string? _refusal;
    private string? _said;

    /// <summary>Only those that stand so; null for all.</summary>
    [Parameter]
    public string? State { get; set; }

    /// <summary>Only those before this position; null for the newest.</summary>
    [Parameter]
    public long? Before { get; set; }

    [Inject]
    private WebhookService Webhooks { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    private string? Shown => State is { } state && Labels.ContainsKey(state) ? state : null;

    private TabLink[] Tabs =>
    [
        new("", L["All"], Address(null, null)),
        .. WebhookStates.All.Select(state => new TabLink(state, L[Labels[state]], Address(state, null))),
    ];

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_read == (Shown, Before))
            return;
        _read = (Shown, Before);
        Follow(FollowAsync);
    }

    private static string Address(string? state, long? before) => string.Create(
        CultureInfo.InvariantCulture, $"webhooks{(state is null ? "" : $"?state={state}")}{(before is null ? "" : $"{(state is null ? "?" : "&")}before={before}")}");

    // The rest of an address may be what makes it secret.
    private static string HostOf(string url) => new Uri(url).Authority;

    private string Count(OwnedWebhook webhook) => string.Join(", ", new[]
    {
        webhook.Delivered > 0 || webhook is { Pending: 0, Failed: 0 } ? L["{0:N0} delivered", webhook.Delivered] : null,
        webhook.Pending > 0 ? L["{0:N0} on their way", webhook.Pending] : null,
        webhook.Failed > 0 ? L["{0:N0} given up", webhook.Failed] : null,
    }.OfType<string>());

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                _page = await Webhooks.ListAsync(Caller.Owner, Shown, Before, PageSize, cancellationToken);
                Changed();
            }
            catch (StorageUnavailableException)
            {
                // What is shown stays; the next look reads it anew.
            }

            await Task.Delay(Pause, Time, cancellationToken);
        }
    }

    private async Task SendAgainAsync(OwnedWebhook webhook)
    {
        (_isBusy, _refusal) = (true, null);
        try
        {
            var sent = await Webhooks.RetryFailedAsync(webhook.JobId, Caller.Owner, CancellationToken.None);
            _said = UiText.Plural(sent, UiText.Key("1 message is sent again."), UiText.Key("{0:N0} messages are sent again."));
        }
        catch (StorageUnavailableException)
        {
            _refusal = L["The server can't write to its store now; try again in a moment."];
        }
        finally
        {
            _isBusy = false;
        }

        Follow(FollowAsync);
    }
}

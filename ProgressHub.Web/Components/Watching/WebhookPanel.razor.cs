using System.Threading.Channels;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Webhooks;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Watching;

/// <summary>The webhook of a job and what became of its messages, live; nothing where the job has none.</summary>
public sealed partial class WebhookPanel
{
    private const int MostShown = 20;
    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan StorePause = TimeSpan.FromSeconds(2);

    private WebhookView? _view;
    private bool _isRead;
    private bool _busy;
    private string? _problem;

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobId JobId { get; set; }

    /// <summary>What to show where there is no webhook.</summary>
    [Parameter]
    public RenderFragment? Empty { get; set; }

    [Inject]
    private WebhookService Webhooks { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        Follow(FollowAsync);
    }

    private static string StateText(WebhookView view) => view.State switch
    {
        "delivered" => UiText.Of("Delivered"),
        "failed" => UiText.Of("Failed"),
        "disabled" => UiText.Of("Disabled: the receiver wants no more"),
        _ => UiText.Of("Active"),
    };

    // The rest of an address may be what makes it secret.
    private static string HostOf(string url) => new Uri(url).Authority;

    private static IEnumerable<DeliveryView> Shown(WebhookView view) => view.Deliveries.Reverse().Take(MostShown);

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        // One that waits is enough: whoever is told reads everything anew.
        var news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var watching = Webhooks.Watch(JobId, () => news.Writer.TryWrite(true));
        while (true)
        {
            try
            {
                _view = await Webhooks.FindAsync(JobId, Caller.Owner, cancellationToken);
                _isRead = true;
                Changed();
                if (_view is null)
                    return;
            }
            catch (StorageUnavailableException)
            {
                await Task.Delay(StorePause, Time, cancellationToken);
                continue;
            }

            await news.Reader.ReadAsync(cancellationToken);
            await Task.Delay(LeastPause, Time, cancellationToken);
        }
    }

    private async Task SendAgainAsync(long seq)
    {
        if (_busy)
            return;
        _busy = true;
        _problem = null;
        try
        {
            if (!await Webhooks.RetryAsync(JobId, Caller.Owner, seq, CancellationToken.None))
                _problem = UiText.Of("This message is gone.");
        }
        catch (StorageUnavailableException)
        {
            _problem = UiText.Of("The server can't write to its store now; try again in a moment.");
        }
        finally
        {
            _busy = false;
        }
    }
}

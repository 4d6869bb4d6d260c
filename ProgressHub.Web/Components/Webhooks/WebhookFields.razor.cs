using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Webhooks;
using ProgressHub.Web.Components.Hosting;

namespace ProgressHub.Web.Components.Webhooks;

/// <summary>Whom a job is to tell of itself; the owner's default is filled in where there is one.</summary>
public sealed partial class WebhookFields
{
    private DefaultWebhook? _default;

    /// <summary>What is filled in.</summary>
    [Parameter, EditorRequired]
    public WebhookDraft Draft { get; set; } = new();

    /// <summary>What is wrong with the address.</summary>
    [Parameter]
    public string? Problem { get; set; }

    [Inject]
    private DefaultWebhooks Defaults { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    private bool UsesDefault => _default is { } own && own.Url == Draft.Address;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        try
        {
            _default = await Defaults.FindAsync(Caller.Owner, CancellationToken.None);
        }
        catch (StorageUnavailableException)
        {
            // The form is good without it; the address can be written.
        }

        // What was written meanwhile, or put back from before a restart, stays.
        if (_default is { } own && Draft.Url is null)
            Draft.Take(own);
    }
}

using Microsoft.AspNetCore.Components;
using ProgressHub.AspNetCore.Accounts.Shares;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Sharing;

/// <summary>Who shared a job with the reader, and what the reader may do with it.</summary>
public sealed partial class SharedBy
{
    private SharedJobView? _share;

    /// <summary>The job, which is somebody else's.</summary>
    [Parameter, EditorRequired]
    public JobId JobId { get; set; }

    [Inject]
    private JobSharing Sharing { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        try
        {
            _share = await Sharing.FindWithAsync(JobId, Caller.Owner, CancellationToken.None);
        }
        catch (StorageUnavailableException)
        {
            // The job is shown all the same.
        }
    }

    private static string Name(SharedJobView share) => share.SharedBy.Name ?? UiText.Of("an account that is gone");
}

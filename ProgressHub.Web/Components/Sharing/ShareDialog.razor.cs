using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Web.Components.Hosting;

namespace ProgressHub.Web.Components.Sharing;

/// <summary>The address of a job to share, and with whom it is shared. It is there while it is rendered.</summary>
public sealed partial class ShareDialog
{
    /// <inheritdoc/>
    protected override string DialogId { get; } = $"share-{Guid.NewGuid():N}";

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobSnapshot Job { get; set; } = null!;

    /// <summary>Goes away.</summary>
    [Parameter]
    public EventCallback OnClose { get; set; }

    // Where nobody signs in there is nobody to share with: whoever reaches the server may see its jobs.
    [Inject]
    private ICaller Caller { get; set; } = null!;
}

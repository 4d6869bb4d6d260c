using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Web.Components.Watching;

/// <summary>What a job is, where it stands and what can be done with it, in two lines.</summary>
public sealed partial class JobHead
{
    // On a phone all but the first facts are behind a button.
    private bool _isOpen;

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobSnapshot Job { get; set; } = null!;

    /// <summary>Whether it is the reader's; else it is shared with them.</summary>
    [Parameter]
    public bool IsOwn { get; set; } = true;

    /// <summary>Whether who looks may do more than look.</summary>
    [Parameter]
    public bool MayManage { get; set; } = true;

    /// <summary>Whether this is up to date.</summary>
    [Parameter]
    public FeedConnection Connection { get; set; }

    /// <summary>Its tags are others now; of a job that has ended no event tells of that.</summary>
    [Parameter]
    public EventCallback<JobSnapshot> OnTagged { get; set; }

    [Inject]
    private WorkloadCatalog Workloads { get; set; } = null!;
}

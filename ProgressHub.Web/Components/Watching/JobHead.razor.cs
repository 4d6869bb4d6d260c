using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Web.Components.Watching;

/// <summary>What a job is, where it stands and what can be done with it, in two lines.</summary>
public sealed partial class JobHead
{
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

    /// <summary>Whether it was asked something and has no answer.</summary>
    [Parameter]
    public bool NoAnswer { get; set; }

    [Inject]
    private WorkloadCatalog Workloads { get; set; } = null!;
}

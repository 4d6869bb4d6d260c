using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;

namespace ProgressHub.Web.Components.Acting;

/// <summary>The dialogs that stand before what is done with a job.</summary>
public sealed partial class JobDialogs
{
    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobSnapshot Job { get; set; } = null!;

    /// <summary>Which of them is open.</summary>
    [Parameter]
    public JobDialog Shown { get; set; }

    /// <summary>Whether something is being done.</summary>
    [Parameter]
    public bool Busy { get; set; }

    /// <summary>Cancels the job.</summary>
    [Parameter]
    public EventCallback OnCancel { get; set; }

    /// <summary>Deletes the job.</summary>
    [Parameter]
    public EventCallback OnDelete { get; set; }

    /// <summary>Its tags are others now, and no event tells of that.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    /// <summary>Goes away.</summary>
    [Parameter]
    public EventCallback OnClose { get; set; }
}

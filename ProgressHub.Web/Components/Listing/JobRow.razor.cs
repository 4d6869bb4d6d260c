using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Look;

namespace ProgressHub.Web.Components.Listing;

/// <summary>One job of a list.</summary>
public sealed partial class JobRow
{
    private JobSnapshot? _rendered;

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobSnapshot Job { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private string? Doing => Job switch
    {
        { State: JobState.Succeeded } => "Done",
        { State: JobState.Failed, Error: { } error } => error.Message,
        { State: JobState.Queued } => Job.Message ?? "In the queue",
        { State: JobState.WaitingForInput, PendingInput: { } asked } => asked.Question,
        // The badge beside it has the state itself.
        _ => Job.StageLabel() ?? Job.Message ?? (Job.State == JobState.Running ? "Starting" : null),
    };

    /// <inheritdoc/>
    protected override bool ShouldRender() => !ReferenceEquals(_rendered, Job);

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender) => _rendered = Job;
}

using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Components.Shared;
using ProgressHub.Web.Components.Acting;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Listing;

/// <summary>One job of a list.</summary>
public sealed partial class LiveJobRow
{
    private const int MostTags = 3;

    private JobSnapshot? _rendered;
    private bool _renderedSelected;

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobSnapshot Job { get; set; } = null!;

    [Inject]
    private WorkloadCatalog Workloads { get; set; } = null!;

    /// <summary>Which jobs are selected; null where none can be.</summary>
    [Parameter]
    public JobSelection? Selection { get; set; }

    /// <summary>Whether what can be done with the job is offered.</summary>
    [Parameter]
    public bool HasMenu { get; set; }

    /// <summary>Something has changed that no event tells of.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    private bool IsSelected => Selection?.Contains(Job.JobId) == true;

    // Those that stand for a session or a collection say nothing here that the kind does not.
    private IEnumerable<string> Tags => Selection is null ? [] : Job.Tags.Where(tag => tag != JobPin.Tag && !JobTag.IsMark(tag)).Take(MostTags);

    private string? Doing => Job switch
    {
        { State: JobState.Succeeded, Partials: { Ok: > 1 and var ok } } => UiText.Of("{0:N0} items", ok),
        { State: JobState.Succeeded or JobState.Canceled } => null,
        { State: JobState.Failed, Error: { } error } => RefusalTexts.Of(error),
        { State: JobState.Queued } => Job.Said() ?? UiText.Of("In the queue"),
        { State: JobState.WaitingForInput, PendingInput: { } asked } => asked.Question,
        // The badge beside it has the state itself.
        _ => Job.StageLabel() ?? Job.Said() ?? (Job.State == JobState.Running ? UiText.Of("Starting") : null),
    };

    /// <inheritdoc/>
    protected override bool ShouldRender() => !ReferenceEquals(_rendered, Job) || _renderedSelected != IsSelected;

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender) => (_rendered, _renderedSelected) = (Job, IsSelected);
}

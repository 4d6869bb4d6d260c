using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Shared;
using ProgressHub.Web.Localization;
using ProgressHub.Workloads.External;

namespace ProgressHub.Web.Components.Live;

/// <summary>How long the program of a stalled job has been silent.</summary>
public sealed partial class SilentFor
{
    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobId JobId { get; set; }

    [Inject]
    private ExternalJobs Programs { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool IsTicking => true;

    // Of a moment in the past it is not known when the program had last been heard of.
    private string Text => Replayed is null && Programs.LastHeard(JobId) is { } heard
        ? UiText.Of("Silent for {0}", Durations.Whole((Now - heard).TotalMilliseconds))
        : UiText.Of("Silent for too long");
}

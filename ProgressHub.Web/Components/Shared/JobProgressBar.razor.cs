using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Shared;

/// <summary>How far a job is. Without a known share it moves instead of filling.</summary>
public sealed partial class JobProgressBar
{
    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobSnapshot Job { get; set; } = null!;

    private string Label => UiText.Of("Progress of {0}", Job.Title);

    private string? Now => Job.IsIndeterminate() ? null : Job.Percent().ToString(CultureInfo.InvariantCulture);

    private string Spoken => Job.IsIndeterminate()
        ? UiText.Of("Running; how far is not known")
        : UiText.Of(Job.Estimated ? UiText.Key("about {0} percent") : UiText.Key("{0} percent"), Job.Percent()) + (Failed is null ? "" : UiText.Of(", {0} failed", Job.Partials.Failed));

    // The share of what has been tried that failed: it is not done, and is painted so.
    private double? Failed => Job.Partials is { Failed: > 0 and var failed, Ok: var ok } && Job.State != JobState.Succeeded
        ? (double)failed / (ok + failed)
        : null;

    // Of a stage that can't say how far it is the known part moves; where nothing is known at all, the whole bar does.
    private string? Motion => Job switch
    {
        _ when Job.IsIndeterminate() => "unknown",
        { Stalled: true } => null,
        { State: JobState.Running, StageFraction: null } => "moving",
        _ => null,
    };

    private string Tone => Job.State switch
    {
        _ when Job.Outcome is not null => "still",
        JobState.Succeeded => "good",
        JobState.Failed => "bad",
        JobState.Canceled or JobState.Canceling or JobState.Queued => "still",
        _ when Job.Stalled == true => "waiting",
        JobState.WaitingForInput => "waiting",
        _ => "",
    };

    private string Width => Job.IsIndeterminate()
        ? "width:100%"
        : string.Create(CultureInfo.InvariantCulture, $"width:{(Job.State == JobState.Succeeded ? 100 : Job.Fraction * 100):0.##}%")
            + (Failed is { } failed ? string.Create(CultureInfo.InvariantCulture, $";--ok:{(1 - failed) * 100:0.##}%") : "");
}

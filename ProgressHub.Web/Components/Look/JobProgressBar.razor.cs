using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Web.Components.Look;

/// <summary>How far a job is. Without a known share it moves instead of filling.</summary>
public sealed partial class JobProgressBar
{
    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobSnapshot Job { get; set; } = null!;

    private string Label => $"Progress of {Job.Title}";

    private string? Now => Job.IsIndeterminate() ? null : Job.Percent().ToString(CultureInfo.InvariantCulture);

    private string Spoken => Job.IsIndeterminate()
        ? "Running; how far is not known"
        : string.Create(CultureInfo.InvariantCulture, $"{(Job.Estimated ? "about " : "")}{Job.Percent()} percent");

    private bool Moving => Job.State == JobState.Running && Job.StageFraction is null;

    private string Tone => Job.State switch
    {
        JobState.Succeeded => "good",
        JobState.Failed => "bad",
        JobState.Canceled or JobState.Canceling or JobState.Queued => "still",
        JobState.WaitingForInput => "waiting",
        _ => "",
    };

    private string Width => Job.IsIndeterminate()
        ? "width:100%"
        : string.Create(CultureInfo.InvariantCulture, $"width:{(Job.State == JobState.Succeeded ? 100 : Job.Fraction * 100):0.##}%");
}

using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Listing;

/// <summary>How many jobs run, wait and failed, each a way to them.</summary>
public sealed partial class StateTiles
{
    private static readonly (JobListFilter Filter, string Label, string Tone)[] Tiles =
    [
        (new(State: JobState.Running.Name()), UiText.Key("running"), "running"),
        (new(State: JobState.Queued.Name()), UiText.Key("queued"), "queued"),
        (new(State: JobState.WaitingForInput.Name()), UiText.Key("need an answer"), "waiting"),
        (new(State: JobState.Failed.Name()), UiText.Key("failed in 24 h"), "failed"),
        (new(State: JobState.Succeeded.Name()), UiText.Key("succeeded"), "succeeded"),
    ];

    /// <summary>How many there are of each state; null before that is known.</summary>
    [Parameter]
    public IReadOnlyDictionary<JobState, long>? Counts { get; set; }

    /// <summary>How many have failed in the last 24 hours; null before that is known.</summary>
    [Parameter]
    public int? FailedLately { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string Count(JobListFilter filter) => filter.States[0] == JobState.Failed
        ? FailedLately?.ToString("N0", CultureInfo.InvariantCulture) ?? "–"
        : Counts is { } counts ? counts.GetValueOrDefault(filter.States[0]).ToString("N0", CultureInfo.InvariantCulture) : "–";
}

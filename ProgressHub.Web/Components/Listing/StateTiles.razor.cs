using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Web.Components.Listing;

/// <summary>How many jobs run, wait and failed, each a way to them.</summary>
public sealed partial class StateTiles
{
    private static readonly (JobListFilter Filter, string Label, string Tone)[] Tiles =
    [
        (new(State: JobState.Running.Name()), "running", "running"),
        (new(State: JobState.Queued.Name()), "queued", "queued"),
        (new(State: JobState.WaitingForInput.Name()), "need an answer", "waiting"),
        (new(State: JobState.Failed.Name()), "failed", "failed"),
        (new(State: JobState.Succeeded.Name()), "succeeded", "succeeded"),
    ];

    /// <summary>How many there are of each state; null before that is known.</summary>
    [Parameter]
    public IReadOnlyDictionary<JobState, long>? Counts { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string Count(JobListFilter filter) =>
        Counts is { } counts ? counts.GetValueOrDefault(filter.States[0]).ToString("N0", CultureInfo.InvariantCulture) : "–";
}

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
        (new(State: JobListFilter.Stalled), UiText.Key("stalled"), "waiting"),
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

    /// <summary>How many of the running ones have not been heard of for too long; null before that is known.</summary>
    [Parameter]
    public int? Stalled { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    // That nothing is stalled goes without saying.
    private IEnumerable<(JobListFilter Filter, string Label, string Tone)> Shown =>
        Tiles.Where(tile => tile.Filter.State != JobListFilter.Stalled || Stalled > 0);

    private string Count(JobListFilter filter) => filter switch
    {
        { State: JobListFilter.Stalled } => Number(Stalled),
        _ when filter.States[0] == JobState.Failed => Number(FailedLately),
        _ => Number(Counts?.GetValueOrDefault(filter.States[0])),
    };

    private static string Number(long? count) => count?.ToString("N0", CultureInfo.InvariantCulture) ?? "–";
}

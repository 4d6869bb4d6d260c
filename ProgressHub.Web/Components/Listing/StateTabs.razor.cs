using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Shared;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Listing;

/// <summary>The jobs by state, each with how many there are.</summary>
public sealed partial class StateTabs
{
    private static readonly (string? Name, string Label)[] All =
    [
        (null, UiText.Key("All")), (JobListFilter.Active, UiText.Key("Open")), (JobListFilter.Ended, UiText.Key("Ended")), (JobState.Running.Name(), UiText.Key("Running")), (JobListFilter.Stalled, UiText.Key("Stalled")), (JobState.WaitingForInput.Name(), UiText.Key("Need an answer")),
        (JobState.Queued.Name(), UiText.Key("Queued")), (JobState.Failed.Name(), UiText.Key("Failed")), (JobState.Succeeded.Name(), UiText.Key("Succeeded")),
        (JobState.Canceled.Name(), UiText.Key("Canceled")),
    ];

    /// <summary>What is listed.</summary>
    [Parameter, EditorRequired]
    public JobListFilter Filter { get; set; } = new();

    /// <summary>How many there are of each state; null before that is known.</summary>
    [Parameter]
    public IReadOnlyDictionary<JobState, long>? Counts { get; set; }

    /// <summary>How many of the running ones have not been heard of for too long; null before that is known.</summary>
    [Parameter]
    public int? Stalled { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private TabLink[] Tabs =>
    [
        .. All.Select(tab => (Filter: Filter with { State = tab.Name, Before = null }, tab.Label))
            .Select(tab => new TabLink(tab.Filter.State ?? "", L[tab.Label], tab.Filter.ToAddress(Navigation), Count(tab.Filter))),
    ];

    private string? Count(JobListFilter filter) => Counts is not { } counts ? null
        : filter.State == JobListFilter.Stalled ? Stalled?.ToString("N0", CultureInfo.InvariantCulture)
        : counts.Where(count => filter.States.Count == 0 || filter.States.Contains(count.Key)).Sum(count => count.Value)
            .ToString("N0", CultureInfo.InvariantCulture);
}

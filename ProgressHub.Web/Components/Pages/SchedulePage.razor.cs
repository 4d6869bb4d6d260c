using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Pages;

/// <summary>Makes a schedule, of a job where the address names one, or changes one.</summary>
public sealed partial class SchedulePage
{
    /// <summary>The schedule; null for a new one.</summary>
    [Parameter]
    public string? Id { get; set; }

    /// <summary>The job that is to be done again.</summary>
    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    private string Title => Id is null ? UiText.Of("New schedule") : UiText.Of("Change the schedule");

    private JobId? Source => JobId.TryParse(From, null, out var id) ? id : null;
}

using Microsoft.AspNetCore.Components;
using ProgressHub.Web.Components.Listing;

namespace ProgressHub.Web.Components.Pages;

/// <summary>All jobs, newest first, live. What is listed stands in the address.</summary>
public sealed partial class JobsPage
{
    /// <summary>Only this workload.</summary>
    [SupplyParameterFromQuery(Name = "kind")]
    public string? Kind { get; set; }

    /// <summary>Only this state, or <c>active</c> or <c>ended</c>.</summary>
    [SupplyParameterFromQuery(Name = "state")]
    public string? State { get; set; }

    /// <summary>Only titles that contain this.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    /// <summary>Only jobs with this tag.</summary>
    [SupplyParameterFromQuery(Name = "tag")]
    public string? Tag { get; set; }

    /// <summary>Only jobs before this position.</summary>
    [SupplyParameterFromQuery(Name = "before")]
    public string? Before { get; set; }

    // A position is read by hand: one that is mistyped is the first page, not an error.
    private JobListFilter Filter => new(
        NullIfEmpty(Kind), NullIfEmpty(State), NullIfEmpty(Text), long.TryParse(Before, out var before) ? before : null,
        NullIfEmpty(Tag));

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

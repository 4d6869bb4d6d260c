using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Execution;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Listing;

namespace ProgressHub.Web.Components.Pages;

/// <summary>All jobs, newest first, live. What is listed stands in the address.</summary>
public sealed partial class JobsPage : IDisposable
{
    private readonly JobSelection _selection = new();
    private StateCounts? _counts;
    private JobListFilter? _counted;
    private LiveJobList? _list;

    [Inject]
    private JobService Jobs { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

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

    /// <summary><c>true</c> for the jobs of others that are shared with the reader.</summary>
    [SupplyParameterFromQuery(Name = "shared")]
    public string? Shared { get; set; }

    /// <summary>How they are sorted.</summary>
    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    /// <summary>Only jobs before this position.</summary>
    [SupplyParameterFromQuery(Name = "before")]
    public string? Before { get; set; }

    // A position is read by hand: one that is mistyped is the first page, not an error.
    private JobListFilter Filter => new(
        NullIfEmpty(Kind), NullIfEmpty(State), NullIfEmpty(Text), long.TryParse(Before, NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? before : null,
        NullIfEmpty(Tag), NullIfEmpty(Sort), Shared == "true" && Caller.Name is not null);

    /// <inheritdoc/>
    public void Dispose()
    {
        _selection.Changed -= StateHasChanged;
        _counts?.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _selection.Changed += StateHasChanged;
        _counts = new StateCounts(Jobs, Time, () => Filter.ToQuery(Caller.Owner, limit: 1), StateHasChanged);
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var filter = Filter with { State = null, Before = null, Sort = null };
        if (_counted == filter)
            return;
        _counted = filter;
        _selection.Set([]);
        await _counts!.CountAsync();
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

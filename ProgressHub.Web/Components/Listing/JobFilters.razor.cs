using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Components.Hosting;

namespace ProgressHub.Web.Components.Listing;

/// <summary>Chooses which jobs are listed, by going to the address that says so.</summary>
public sealed partial class JobFilters
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private int _typed;

    /// <summary>What is chosen now.</summary>
    [Parameter, EditorRequired]
    public JobListFilter Filter { get; set; } = new();

    [Inject]
    private WorkloadCatalog Workloads { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private static string? Trim(object? value) =>
        value?.ToString() is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    // As one types, once one rests.
    private async Task TypeAsync(object? value)
    {
        var typed = ++_typed;
        await Task.Delay(Pause, Time);
        if (typed == _typed)
            Search(value);
    }

    private void Search(object? value)
    {
        _typed++;
        var text = Trim(value);
        if (text != Filter.Text)
            Choose(Filter with { Text = text }, replace: text is not null && Filter.Text is not null);
    }

    // Another choice is another list: it starts at its newest.
    private void Choose(JobListFilter filter, bool replace = false) =>
        Navigation.NavigateTo((filter with { Before = null }).ToAddress(Navigation), replace: replace);
}

using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Web.Components.Listing;

/// <summary>Chooses which jobs are listed, by going to the address that says so.</summary>
public sealed partial class JobFilters
{
    /// <summary>What is chosen now.</summary>
    [Parameter, EditorRequired]
    public JobListFilter Filter { get; set; } = new();

    [Inject]
    private WorkloadCatalog Workloads { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private static string? Trim(object? value) =>
        value?.ToString() is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    // Another choice is another list: it starts at its newest.
    private void Choose(JobListFilter filter) =>
        Navigation.NavigateTo((filter with { Before = null }).ToAddress(Navigation));
}

using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Web.Components.Overview;

/// <summary>How long jobs took lately, by kind.</summary>
public sealed partial class DurationList
{
    /// <summary>What is listed.</summary>
    [Parameter, EditorRequired]
    public RecentActivity Activity { get; set; } = null!;

    [Inject]
    private WorkloadCatalog Workloads { get; set; } = null!;

    private IReadOnlyList<KindDurations> Durations => Activity.Durations;
}

using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Web.Components.Pages;

/// <summary>Whether the server and its engines can work.</summary>
public sealed partial class EnginesPage
{
    [Inject]
    private WorkloadCatalog Workloads { get; set; } = null!;
}

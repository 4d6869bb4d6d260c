using Microsoft.AspNetCore.Components;
using ProgressHub.Web.Components.Hosting;

namespace ProgressHub.Web.Components.Pages;

/// <summary>The servers that run the jobs; where people sign in, there is such a page to administrators alone.</summary>
public sealed partial class NodesPage
{
    [Inject]
    private ICaller Caller { get; set; } = null!;
}

using Microsoft.AspNetCore.Components;
using ProgressHub.Web.Components.Hosting;

namespace ProgressHub.Web.Components.Pages;

/// <summary>How programs connect to this server, to copy and to try.</summary>
public sealed partial class ConnectPage
{
    [Inject]
    private ICaller Caller { get; set; } = null!;
}

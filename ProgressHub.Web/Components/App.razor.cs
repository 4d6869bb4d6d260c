using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace ProgressHub.Web.Components;

/// <summary>The document around every page.</summary>
public sealed partial class App
{
    // Pages are live and read their data in process: rendering them twice, first without a circuit, would load
    // everything twice and show forms that can't be used yet.
    private static readonly InteractiveServerRenderMode Mode = new(prerender: false);

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string BasePath => new Uri(Navigation.BaseUri).AbsolutePath;
}

using Microsoft.AspNetCore.Components;

namespace ProgressHub.Web.Components.Pages;

/// <summary>What goes on, and where a job begins. What kind of job stands in the address.</summary>
public sealed partial class HomePage
{
    private const string NewJobAddress = "new";

    /// <summary>What to do: <c>translate</c>, <c>transcribe</c>, <c>ask</c>, <c>analyse</c>, <c>external</c> or a kind.</summary>
    [Parameter, SupplyParameterFromQuery(Name = "do")]
    public string? Do { get; set; }

    /// <summary>The job whose input the form begins with.</summary>
    [Parameter, SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private bool IsNew => Do is not null || From is not null
        || Navigation.ToBaseRelativePath(Navigation.Uri).Split('?', '#')[0].TrimEnd('/') == NewJobAddress;
}

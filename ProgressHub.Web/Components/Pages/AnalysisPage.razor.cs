using Microsoft.AspNetCore.Components;

namespace ProgressHub.Web.Components.Pages;

/// <summary>The caller's sessions, and where a new one begins.</summary>
public sealed partial class AnalysisPage
{
    /// <summary>Which page of the sessions, from 1 on.</summary>
    [Parameter, SupplyParameterFromQuery(Name = "page")]
    public string? Page { get; set; }
}

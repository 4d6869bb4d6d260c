using Microsoft.AspNetCore.Components;

namespace ProgressHub.Web.Components.Shared;

/// <summary>What stands where there is nothing to show, and what to do about it.</summary>
public sealed partial class EmptyState
{
    /// <summary>What is missing.</summary>
    [Parameter, EditorRequired]
    public string Heading { get; set; } = "";

    /// <summary>A picture's name; see <see cref="Shared.Icon"/>.</summary>
    [Parameter]
    public string Icon { get; set; } = "inbox";

    /// <summary>Whether it is the whole page, so that its heading is the page's.</summary>
    [Parameter]
    public bool IsPage { get; set; } = true;

    /// <summary>What to do.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}

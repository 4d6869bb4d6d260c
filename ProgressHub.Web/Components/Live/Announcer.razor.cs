using Microsoft.AspNetCore.Components;

namespace ProgressHub.Web.Components.Live;

/// <summary>
/// The page's one live region. It is for what a screen reader should say of itself: that a stage began, that a job ended.
/// </summary>
public sealed partial class Announcer
{
    /// <summary>What to say; what stands when the page opens is not said.</summary>
    [Parameter]
    public string? Message { get; set; }
}

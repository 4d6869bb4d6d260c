using Microsoft.AspNetCore.Components;

namespace ProgressHub.Web.Components.Shared;

/// <summary>
/// Asks before something is done that can't be undone. It is there while it is rendered: the browser's own modal dialog, so
/// the focus stays in it, Escape says no, and afterwards the focus is where it was.
/// </summary>
public sealed partial class ConfirmDialog
{
    /// <inheritdoc/>
    protected override string DialogId { get; } = $"confirm-{Guid.NewGuid():N}";

    /// <summary>What is asked.</summary>
    [Parameter, EditorRequired]
    public string Question { get; set; } = "";

    /// <summary>The button that does it.</summary>
    [Parameter, EditorRequired]
    public string Yes { get; set; } = "";

    /// <summary>The button that leaves everything as it is; it has the focus first.</summary>
    [Parameter, EditorRequired]
    public string No { get; set; } = "";

    /// <summary>Whether it is being done.</summary>
    [Parameter]
    public bool Busy { get; set; }

    /// <summary>Does it.</summary>
    [Parameter]
    public EventCallback OnYes { get; set; }

    /// <summary>Leaves it.</summary>
    [Parameter]
    public EventCallback OnNo { get; set; }

    /// <summary>What there is to know.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}

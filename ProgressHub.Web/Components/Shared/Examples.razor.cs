using Microsoft.AspNetCore.Components;

namespace ProgressHub.Web.Components.Shared;

/// <summary>Questions that are asked at a click.</summary>
public sealed partial class Examples
{
    /// <summary>What they are, for a screen reader.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>The questions.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<string> Questions { get; set; } = [];

    /// <summary>Whether they take one line that is scrolled sideways, and no more room.</summary>
    [Parameter]
    public bool OneLine { get; set; }

    /// <summary>Whether none can be asked now.</summary>
    [Parameter]
    public bool Disabled { get; set; }

    /// <summary>Asks one.</summary>
    [Parameter]
    public EventCallback<string> OnAsk { get; set; }
}

using Microsoft.AspNetCore.Components;

namespace ProgressHub.Web.Components.Shared;

/// <summary>Views of one thing, each with an address of its own, so that Back, a new tab and a link work as everywhere.</summary>
public sealed partial class TabLinks
{
    /// <summary>What they are views of.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>The views.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<TabLink> Tabs { get; set; } = [];

    /// <summary>The name of the one that is shown.</summary>
    [Parameter, EditorRequired]
    public string Current { get; set; } = "";
}

/// <summary>A view of something.</summary>
/// <param name="Name">How the address calls it.</param>
/// <param name="Label">What it is, in a word.</param>
/// <param name="Address">Where it is.</param>
/// <param name="Count">How many there are in it; null where that says nothing.</param>
public sealed record TabLink(string Name, string Label, string Address, string? Count = null);

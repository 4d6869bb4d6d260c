using System.Collections.Frozen;
using Microsoft.AspNetCore.Components;

namespace ProgressHub.Web.Components.Shared;

/// <summary>A small drawing beside a word; it says nothing that the word does not, so it is hidden from screen readers.</summary>
public sealed partial class Icon
{
    private static readonly FrozenDictionary<string, string> Paths = new Dictionary<string, string>
    {
        ["auto"] = "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 3v18M12 8h5.5M12 12h9M12 16h7",
        ["back"] = "M15 5l-7 7l7 7",
        ["bin"] = "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5",
        ["books"] = "M5 4h4v16H5zM9 4h4v16H9zM13.5 6.5l3.8-1l3.7 13.6l-3.8 1z",
        ["calendar"] = "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4M8 14h3M8 17h6",
        ["chat"] = "M4 5h16v11H11l-5 4v-4H4zM8 9.5h8M8 12.5h5",
        ["check"] = "M5 12.5l4.5 4.5L19 7.5",
        ["clock"] = "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 7v5l3.5 2",
        ["copy"] = "M9 9h11v11H9zM5 15H4V4h11v1",
        ["cross"] = "M6 6l12 12M18 6L6 18",
        ["down"] = "M12 4v14M6 12l6 6l6-6",
        ["download"] = "M12 4v11M7 10.5l5 5l5-5M4 20h16",
        ["edit"] = "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
        ["file"] = "M6 3h8l4 4v14H6zM14 3v4h4",
        ["home"] = "M4 11l8-7l8 7M6 9.5V20h12V9.5M10 20v-6h4v6",
        ["inbox"] = "M3 13l3-8h12l3 8v6H3zM3 13h5l1.5 3h5L16 13h5",
        ["info"] = "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 11v6M12 7.5v.01",
        ["list"] = "M9 6h11M9 12h11M9 18h11M4.5 6v.01M4.5 12v.01M4.5 18v.01",
        ["more"] = "M5 12v.01M12 12v.01M19 12v.01",
        ["moon"] = "M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5",
        ["pause"] = "M8 5v14M16 5v14",
        ["pin"] = "M12 3.5l2.6 5.6l6.1.7l-4.5 4.1l1.2 6L12 16.9l-5.4 3l1.2-6l-4.5-4.1l6.1-.7z",
        ["play"] = "M7 4.5v15l12-7.5z",
        ["plus"] = "M12 5v14M5 12h14",
        ["pulse"] = "M3 12h4l2.5-7l5 14l2.5-7h4",
        ["question"] = "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.8.4-1 .9-1 1.7M12 17v.01",
        ["retry"] = "M20 11a8 8 0 1 0-2.3 6.3M20 5v6h-6",
        ["search"] = "M11 4a7 7 0 1 0 0 14a7 7 0 1 0 0-14M16 16l5 5",
        ["send"] = "M12 20V5M5.5 11.5L12 5l6.5 6.5",
        ["settings"] = "M4 7h9M17 7h3M15 5v4M4 12h3M11 12h9M9 10v4M4 17h9M17 17h3M15 15v4",
        ["person"] = "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 20c0-4 3.6-6 8-6s8 2 8 6",
        ["share"] = "M14 4h6v6M20 4l-9 9M10 5H5v14h14v-5",
        ["split"] = "M3 5h18v14H3zM12 5v14",
        ["stop"] = "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M9 9h6v6H9z",
        ["sun"] = "M12 8a4 4 0 1 0 0 8a4 4 0 1 0 0-8M12 2v2.5M12 19.5V22M2 12h2.5M19.5 12H22M5 5l1.7 1.7M17.3 17.3L19 19M5 19l1.7-1.7M17.3 6.7L19 5",
        ["table"] = "M3 5h18v14H3zM3 10h18M9 5v14",
        ["tag"] = "M4 4h8l8.5 8.5l-8 8L4 12zM8 8v.01",
        ["terminal"] = "M3 5h18v14H3zM7 10l3 2.5L7 15M12.5 15H17",
        ["text"] = "M4 6h16M4 10.5h16M4 15h16M4 19.5h9",
        ["up"] = "M12 20V6M6 12l6-6l6 6",
        ["warning"] = "M12 4L2.5 20h19zM12 10v5M12 17.5v.01",
        ["wave"] = "M4 10v4M8 6v12M12 3v18M16 7v10M20 10v4",
    }.ToFrozenDictionary();

    /// <summary>Which drawing; an unknown one is a dot.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>More classes.</summary>
    [Parameter]
    public string? Class { get; set; }

    private string Path => Paths.GetValueOrDefault(Name, "M12 12v.01");
}

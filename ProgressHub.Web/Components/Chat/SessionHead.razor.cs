using Microsoft.AspNetCore.Components;
using ProgressHub.Workloads.Analysis.Sessions;

namespace ProgressHub.Web.Components.Chat;

/// <summary>What a conversation is about: its name, and its table's columns.</summary>
public sealed partial class SessionHead
{
    /// <summary>The session.</summary>
    [Parameter, EditorRequired]
    public AnalysisSession Session { get; set; } = null!;

    /// <summary>The id of its heading.</summary>
    [Parameter, EditorRequired]
    public string HeadingId { get; set; } = "";

    /// <summary>Whether the conversation is the page, so that its heading is the page's.</summary>
    [Parameter]
    public bool IsPage { get; set; } = true;

    /// <summary>Whether nothing was asked yet, so that how the table was read is in sight.</summary>
    [Parameter]
    public bool IsFirst { get; set; }

    /// <summary>Hears that the table was read in another way.</summary>
    [Parameter]
    public EventCallback OnRead { get; set; }

    /// <summary>Where to go to close it; null where it can't be.</summary>
    [Parameter]
    public string? CloseAddress { get; set; }
}

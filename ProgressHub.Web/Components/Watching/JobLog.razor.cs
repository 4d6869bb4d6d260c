using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;

namespace ProgressHub.Web.Components.Watching;

/// <summary>What a job says of its work.</summary>
public sealed partial class JobLog
{
    /// <summary>The lines to show, in order.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<LogEvent> Lines { get; set; } = [];

    /// <summary>The kind of the job.</summary>
    [Parameter]
    public string? Kind { get; set; }

    /// <summary>Whether there are earlier ones that can be shown.</summary>
    [Parameter]
    public bool CanShowEarlier { get; set; }

    /// <summary>Where all of it is; null where that is nowhere.</summary>
    [Parameter]
    public string? WholeLog { get; set; }

    /// <summary>Asks for earlier ones.</summary>
    [Parameter]
    public EventCallback OnShowEarlier { get; set; }
}

using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;

namespace ProgressHub.Web.Components.Watching;

/// <summary>Why a job did not succeed, and what to do.</summary>
public sealed partial class JobErrorPanel
{
    /// <summary>What went wrong.</summary>
    [Parameter, EditorRequired]
    public JobError Error { get; set; } = null!;

    /// <summary>How many pieces failed.</summary>
    [Parameter]
    public int Failed { get; set; }

    /// <summary>Whether there is a result all the same.</summary>
    [Parameter]
    public bool HasResult { get; set; }

    private string Heading => Failed switch
    {
        0 => "What went wrong",
        1 => "One item failed",
        _ => $"{Failed} items failed",
    };
}

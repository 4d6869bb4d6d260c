using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Watching;

/// <summary>Why a job did not succeed, and what to do.</summary>
public sealed partial class JobErrorPanel
{
    /// <summary>What went wrong.</summary>
    [Parameter, EditorRequired]
    public JobError Error { get; set; } = null!;

    /// <summary>How many pieces of the result there are.</summary>
    [Parameter, EditorRequired]
    public PartialCounts Pieces { get; set; } = null!;

    /// <summary>Whether there is a result all the same.</summary>
    [Parameter]
    public bool HasResult { get; set; }

    // The message of this one says in other words what heading and advice say.
    private bool ItemsFailed => Error.Code == "items_failed" && Pieces.Failed > 0;

    private string Heading => (ItemsFailed, Pieces.Failed) switch
    {
        (false, _) => UiText.Of("What went wrong"),
        (true, 1) => UiText.Of("1 item failed"),
        (true, var failed) => UiText.Of("{0} items failed", failed),
    };

    private string Next => (ItemsFailed, HasResult, Pieces.Ok > 0) switch
    {
        (true, true, true) => UiText.Of("The rest is done and in the result. Retry the failed items alone; what went well is kept."),
        (true, _, true) => UiText.Of("The rest is done. Retry the failed items alone; what went well is kept."),
        (false, _, true) => UiText.Of("What is done is kept: retry the rest, or all of it."),
        _ => UiText.Of("Once that is put right, retry the job."),
    };
}

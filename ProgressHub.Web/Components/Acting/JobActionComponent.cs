using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Localization;
using ProgressHub.Workloads.External;

namespace ProgressHub.Web.Components.Acting;

/// <summary>What can be done with a job where it stands, however it is offered: as buttons, or in a menu.</summary>
public abstract class JobActionComponent : ActionComponent
{
    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobSnapshot Job { get; set; } = null!;

    /// <summary>Whether who looks may do more than look.</summary>
    [Parameter]
    public bool MayManage { get; set; } = true;

    /// <summary>
    /// Something has changed that no event tells of. Where it is given the reader stays where they are; else they go where what
    /// they did leads.
    /// </summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    /// <summary>What the reader is asked, or shown, before something is done.</summary>
    protected JobDialog Shown { get; set; }

    /// <summary>Whether the reader may do more than look.</summary>
    protected virtual bool CanManage => MayManage;

    /// <summary>Whether the reader may let others see it; else there is only the page that they have themselves.</summary>
    protected bool CanShare => CanManage;

    /// <summary>Whether it can be asked to stop.</summary>
    protected bool CanCancel => CanManage && Job.State is JobState.Queued or JobState.Running or JobState.WaitingForInput;

    /// <summary>Whether it has ended, and the reader may do something with it.</summary>
    protected bool CanRepeat => Job.IsFinal && CanManage;

    /// <summary>Where it can be submitted with another input; null where that is nowhere.</summary>
    protected string? ChangedCopy => CanRepeat && Job.Kind is not (ExternalJobs.Kind or "ingest")
        ? $"new?do={Uri.EscapeDataString(Job.Kind)}&from={Job.JobId}"
        : null;

    /// <summary>Where a schedule is made of it; null where that is nowhere.</summary>
    protected string? Scheduled => CanManage && Job.Kind != ExternalJobs.Kind ? $"schedules/new?from={Job.JobId}" : null;

    /// <summary>Where its result can be fetched, or what there is of it; null where there is none.</summary>
    protected string? Download => Job switch
    {
        { ResultUrl: { } result } => $"{Relative(result)}?download=true",
        { Partials.Ok: > 0 } => $"{Relative(JobUrls.Result(Job.JobId))}?partial=true&download=true",
        _ => null,
    };

    /// <summary>What fetching it is called.</summary>
    protected string DownloadText => Job.ResultUrl is null ? UiText.Of("Download so far") : UiText.Of("Download the result");

    /// <summary>What doing all of it again is called.</summary>
    protected string RetryText => Job.State == JobState.Succeeded ? UiText.Of("Run again") : UiText.Of("Retry all");

    /// <summary>What doing only the rest is called; null where there is no rest.</summary>
    protected string? RetryFailedText => Job switch
    {
        _ when !CanManage => null,
        { State: not (JobState.Failed or JobState.Canceled) } => null,
        { Partials.Failed: 1 } => UiText.Of("Retry 1 failed item"),
        { Partials.Failed: > 1 and var failed } => UiText.Of("Retry {0} failed items", failed),
        { Partials.Ok: > 0 and var done } => UiText.Of("Continue after {0} done", done),
        _ => null,
    };

    /// <summary>What doing all of it again does.</summary>
    protected string WhatRetryDoes => Job.Engine is { } engine
        ? UiText.Of("Does all of it again in a new job, with {0}. This job stays as it is.", engine)
        : UiText.Of("Does all of it again in a new job. This job stays as it is.");

    /// <summary>What doing only the rest does.</summary>
    protected string WhatRetryFailedDoes => Job.Engine is { } engine
        ? UiText.Of("Takes over what is done and does only the rest in a new job, with {0}. This job stays as it is.", engine)
        : UiText.Of("Takes over what is done and does only the rest in a new job. This job stays as it is.");

    /// <inheritdoc/>
    protected override string StoreIsDown => UiText.Of("The server can't write to its store now. Nothing has changed; try again in a moment.");

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (Shown == JobDialog.Cancel && !CanCancel)
            Shown = JobDialog.None;
    }

    /// <summary>Asks it to stop.</summary>
    protected Task CancelAsync() => TryAsync(async () =>
    {
        await Jobs.CancelAsync(Job.JobId, Caller.Owner, CancellationToken.None);
        Shown = JobDialog.None;
    });

    /// <summary>Deletes it.</summary>
    protected Task DeleteAsync() => TryAsync(async () =>
    {
        await Jobs.DeleteAsync(Job.JobId, Caller.Owner, CancellationToken.None);
        Shown = JobDialog.None;
        Snackbar.Add(UiText.Of("“{0}” was deleted.", Job.Title), Severity.Normal);
        if (OnChanged.HasDelegate)
            await OnChanged.InvokeAsync();
        else
            Leave("jobs");
    });

    /// <summary>Does it again, or what is left of it.</summary>
    protected Task RetryAsync(RetryScope scope) => TryAsync(async () =>
    {
        if (await RetryAsync(Job.JobId, scope) is not { } next)
            Refusal = UiText.Of("The job is gone.");
        else if (OnChanged.HasDelegate)
            Snackbar.Add(UiText.Of("“{0}” was submitted again.", Job.Title), Severity.Success);
        else
            Leave($"jobs/{next.Snapshot.JobId}");
    });

    // Links go where the UI is mounted, which need not be the root of the server.
    private static string Relative(string url) => url.TrimStart('/');
}

/// <summary>What a reader is asked, or shown, before something is done with a job.</summary>
public enum JobDialog
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Whether to cancel it.</summary>
    Cancel,

    /// <summary>Whether to delete it.</summary>
    Delete,

    /// <summary>With whom it is shared.</summary>
    Share,

    /// <summary>Its tags.</summary>
    Tags,
}

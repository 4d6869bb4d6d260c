using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Watching;

/// <summary>What can be done with a job where it stands.</summary>
public sealed partial class JobActions
{
    private bool _confirming;
    private bool _deleting;
    private bool _sharing;

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobSnapshot Job { get; set; } = null!;

    /// <summary>Whether who looks may do more than look.</summary>
    [Parameter]
    public bool MayManage { get; set; } = true;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    // Where nobody signs in there is nobody to share with.
    private bool CanShare => MayManage && Caller.Name is not null;

    private bool CanCancel => MayManage && Job.State is JobState.Queued or JobState.Running or JobState.WaitingForInput;

    private string? RetryFailedText => Job switch
    {
        _ when !MayManage => null,
        { State: not (JobState.Failed or JobState.Canceled) } => null,
        { Partials.Failed: 1 } => UiText.Of("Retry 1 failed item"),
        { Partials.Failed: > 1 and var failed } => UiText.Of("Retry {0} failed items", failed),
        { Partials.Ok: > 0 and var done } => UiText.Of("Continue after {0} done", done),
        _ => null,
    };

    private string WhatRetryDoes => Job.Engine is { } engine
        ? L["Does all of it again in a new job, with {0}. This job stays as it is.", engine]
        : L["Does all of it again in a new job. This job stays as it is."];

    private string WhatRetryFailedDoes => Job.Engine is { } engine
        ? L["Takes over what is done and does only the rest in a new job, with {0}. This job stays as it is.", engine]
        : L["Takes over what is done and does only the rest in a new job. This job stays as it is."];

    /// <inheritdoc/>
    protected override string StoreIsDown => UiText.Of("The server can't write to its store now. Nothing has changed; try again in a moment.");

    /// <inheritdoc/>
    protected override void OnParametersSet() => _confirming &= CanCancel;

    // Links go where the UI is mounted, which need not be the root of the server.
    private static string Relative(string url) => url.TrimStart('/');

    private Task CancelAsync() => TryAsync(async () =>
    {
        await Jobs.CancelAsync(Job.JobId, Caller.Owner, CancellationToken.None);
        _confirming = false;
    });

    private Task DeleteAsync() => TryAsync(async () =>
    {
        await Jobs.DeleteAsync(Job.JobId, Caller.Owner, CancellationToken.None);
        _deleting = false;
        Snackbar.Add(UiText.Of("“{0}” was deleted.", Job.Title), Severity.Normal);
        Navigation.NavigateTo("jobs");
    });

    private Task RetryAsync(RetryScope scope) => TryAsync(async () =>
    {
        if (await RetryAsync(Job.JobId, scope) is { } next)
            Navigation.NavigateTo($"jobs/{next.Snapshot.JobId}");
        else
            Refusal = UiText.Of("The job is gone.");
    });
}

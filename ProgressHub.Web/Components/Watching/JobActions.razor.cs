using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Security;

namespace ProgressHub.Web.Components.Watching;

/// <summary>What can be done with a job where it stands.</summary>
public sealed partial class JobActions
{
    private bool _confirming;
    private bool _busy;
    private string? _problem;

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobSnapshot Job { get; set; } = null!;

    [Inject]
    private JobService Jobs { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    [Inject]
    private SubmissionAllowance Allowance { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private bool CanCancel => Job.State is JobState.Queued or JobState.Running or JobState.WaitingForInput;

    private string? RetryFailedText => Job switch
    {
        { State: not (JobState.Failed or JobState.Canceled) } => null,
        { Partials.Failed: 1 } => "Retry 1 failed item",
        { Partials.Failed: > 1 and var failed } => $"Retry {failed} failed items",
        { Partials.Ok: > 0 and var done } => $"Continue after {done} done",
        _ => null,
    };

    /// <inheritdoc/>
    protected override void OnParametersSet() => _confirming &= CanCancel;

    // Links go where the UI is mounted, which need not be the root of the server.
    private static string Relative(string url) => url.TrimStart('/');

    private Task CancelAsync() => TryAsync(async () =>
    {
        await Jobs.CancelAsync(Job.JobId, Caller.Owner, CancellationToken.None);
        _confirming = false;
    });

    private Task RetryAsync(RetryScope scope) => TryAsync(async () =>
    {
        Allowance.Require(Caller.Owner);
        if (await Jobs.RetryAsync(Job.JobId, Caller.Owner, scope, CancellationToken.None) is { } next)
            Navigation.NavigateTo($"jobs/{next.Snapshot.JobId}");
        else
            _problem = "The job is gone.";
    });

    private async Task TryAsync(Func<Task> action)
    {
        if (_busy)
            return;
        _busy = true;
        _problem = null;
        try
        {
            await action();
        }
        catch (Exception refusal) when (refusal is JobConflictException or WorkloadException)
        {
            _problem = refusal.Message;
        }
        catch (StorageUnavailableException)
        {
            _problem = "The server can't write to its store now. Nothing has changed; try again in a moment.";
        }
        finally
        {
            _busy = false;
        }
    }
}

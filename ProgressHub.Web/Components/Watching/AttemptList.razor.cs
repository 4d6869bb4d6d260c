using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Hosting;

namespace ProgressHub.Web.Components.Watching;

/// <summary>The attempts of a job that needed more than one: when each began, how long it took, why there was another.</summary>
public sealed partial class AttemptList
{
    private IReadOnlyList<JobAttempt> _attempts = [];
    private (JobId, int, bool) _read;

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobSnapshot Job { get; set; } = null!;

    [Inject]
    private JobService Jobs { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var wanted = (Job.JobId, Job.Attempt, Job.IsFinal);
        if (Job.Attempt <= 1 || _read == wanted)
            return;
        _read = wanted;
        try
        {
            _attempts = await JobAttempt.ReadAsync(Jobs, Job.JobId, Caller.Owner, CancellationToken.None);
        }
        catch (StorageUnavailableException)
        {
            // The next change of the job reads them again.
            _read = default;
        }
    }
}

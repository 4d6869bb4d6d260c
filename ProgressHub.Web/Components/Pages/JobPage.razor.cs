using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Watching;

namespace ProgressHub.Web.Components.Pages;

/// <summary>One job, live.</summary>
public sealed partial class JobPage
{
    private string? _shownId;
    private string? _absence;
    private string? _absenceHint;

    /// <summary>The job's id, as it stands in the address.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_shownId == Id)
            return;
        _shownId = Id;
        _absence = null;
        if (JobId.TryParse(Id, null, out var id))
        {
            FollowJob(id);
            return;
        }

        ShowNone();
        SayAbsent("This is not a job's address", "A job's id is 32 hexadecimal digits.");
    }

    /// <inheritdoc/>
    protected override void OnAbsent(JobAbsence why)
    {
        switch (why)
        {
            case JobAbsence.Deleted:
                SayAbsent("This job was deleted", "It went while you were looking at it.");
                break;
            case JobAbsence.Purged:
                SayAbsent("This job is gone", "It was deleted, or its time was over.");
                break;
            default:
                SayAbsent("There is no such job", "The address may be mistyped, or the job is somebody else's.");
                break;
        }
    }

    private void SayAbsent(string absence, string hint)
    {
        _absence = absence;
        _absenceHint = hint;
        Changed();
    }
}

using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Acting;

/// <summary>Pins a job, or takes its pin.</summary>
public sealed partial class PinButton
{
    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobSnapshot Job { get; set; } = null!;

    /// <summary>Whether the reader may change it.</summary>
    [Parameter]
    public bool MayManage { get; set; }

    /// <summary>Its tags are others now: the job as it is then. Of one that has ended no event tells of that.</summary>
    [Parameter]
    public EventCallback<JobSnapshot> OnChanged { get; set; }

    private Task ToggleAsync() => TryAsync(async () =>
    {
        if (await Jobs.ChangeTagsAsync(Job.JobId, Caller.Owner, JobPin.Toggle(Job), CancellationToken.None) is { } after)
            await OnChanged.InvokeAsync(after);
        else
            Refusal = UiText.Of("The job is gone.");
    });
}

using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Web.Components.Shared;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Live;

/// <summary>How long a job has been at it, or was; before it begins, how long it has waited.</summary>
public sealed partial class Elapsed
{
    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobSnapshot Job { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool IsTicking => !Job.IsFinal;

    private string Text
    {
        get
        {
            var until = Job.FinishedAt ?? Now;
            if (Job.StartedAt is not { } start)
                return Job.IsFinal ? UiText.Of("did not run") : UiText.Of("waiting {0}", Durations.Whole((until - Job.CreatedAt).TotalMilliseconds));
            var passed = (until - start).TotalMilliseconds;
            return Job.IsFinal ? Durations.Exact(passed) : Durations.Whole(passed);
        }
    }
}

using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Web.Components.Shared;

/// <summary>
/// Where a job stands, and what came of it: a word, with a colour and a drawing that say the same. What did its work and has
/// no answer, or failed in parts, is not shown as a plain success.
/// </summary>
public sealed partial class JobStateBadge
{
    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobSnapshot Job { get; set; } = null!;

    private string Tone => Job switch
    {
        { IsFinal: false, Stalled: true } => "stalled",
        { Outcome: JobOutcomes.NoAnswer } => "noAnswer",
        { State: JobState.Succeeded, Partials.Failed: > 0 } => "partly",
        _ => Job.State.Name(),
    };

    private string Drawing => Tone switch
    {
        "stalled" => "clock",
        "noAnswer" => "info",
        "partly" => "warning",
        _ => Job.State.Icon(),
    };
}

using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Web.Components.Shared;

/// <summary>A job's state: a word, with a colour and a drawing that say the same.</summary>
public sealed partial class JobStateBadge
{
    /// <summary>The state.</summary>
    [Parameter, EditorRequired]
    public JobState State { get; set; }

    /// <summary>Whether whoever does the work has not been heard of for too long: that comes before the state.</summary>
    [Parameter]
    public bool Stalled { get; set; }
}

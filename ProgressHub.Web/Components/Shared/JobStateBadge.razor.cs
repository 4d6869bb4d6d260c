using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Localization;

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

    /// <summary>Whether it was asked something and found nothing to answer: it did its work, and that is no success.</summary>
    [Parameter]
    public bool NoAnswer { get; set; }

    private string Tone => Stalled ? "stalled" : NoAnswer ? "noAnswer" : State.Name();

    private string Drawing => Stalled ? "clock" : NoAnswer ? "info" : State.Icon();

    private string Text => Stalled ? StateWords.StalledLabel : NoAnswer ? UiText.Of("No answer") : State.Label();
}

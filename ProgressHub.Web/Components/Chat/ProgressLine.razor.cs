using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Chat;

/// <summary>What a job says on its way to an answer: its level as a drawing, a colour and a word, and the step it belongs to.</summary>
public sealed partial class ProgressLine
{
    private LogEvent? _rendered;

    /// <summary>The line.</summary>
    [Parameter, EditorRequired]
    public LogEvent Line { get; set; } = null!;

    private string Level => Line.Level switch
    {
        JobLogLevel.Success => "success",
        JobLogLevel.Warning => "warning",
        JobLogLevel.Error => "error",
        _ => "info",
    };

    private string Drawing => Line.Level switch
    {
        JobLogLevel.Success => "check",
        JobLogLevel.Warning => "warning",
        JobLogLevel.Error => "cross",
        _ => "dot",
    };

    private string? Step => Line switch
    {
        { Step: { } step, TotalSteps: { } total } => UiText.Of(" (Step {0}/{1})", step, total),
        { Step: { } step } => UiText.Of(" (Step {0})", step),
        _ => null,
    };

    /// <inheritdoc/>
    protected override bool ShouldRender() => !ReferenceEquals(_rendered, Line);

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender) => _rendered = Line;
}

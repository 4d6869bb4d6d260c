using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Shared;

namespace ProgressHub.Web.Components.Watching;

/// <summary>One line of a job's log: its level as a colour, a drawing and a word.</summary>
public sealed partial class LogLine
{
    private LogEvent? _rendered;

    /// <summary>The line.</summary>
    [Parameter, EditorRequired]
    public LogEvent Line { get; set; } = null!;

    /// <summary>The kind of its job, by which its message is put into the reader's language; null leaves it as it is.</summary>
    [Parameter]
    public string? Kind { get; set; }

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
        _ => "info",
    };

    private string At => Durations.Clock(Line.ElapsedMs);

    private string? Step => Line switch
    {
        { Step: { } step, TotalSteps: { } total } => $"{step}/{total}",
        { Step: { } step } => $"{step}",
        _ => null,
    };

    /// <inheritdoc/>
    protected override bool ShouldRender() => !ReferenceEquals(_rendered, Line);

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender) => _rendered = Line;
}

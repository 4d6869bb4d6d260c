using Microsoft.AspNetCore.Components;
using ProgressHub.Web.Components.Look;

namespace ProgressHub.Web.Components.Live;

/// <summary>How long there is until a deadline.</summary>
public sealed partial class Countdown
{
    /// <summary>The deadline.</summary>
    [Parameter, EditorRequired]
    public DateTimeOffset Until { get; set; }

    /// <inheritdoc/>
    protected override bool IsTicking => Until > Time.GetUtcNow();

    private string Text => Until <= Time.GetUtcNow()
        ? "time is up"
        : $"{Durations.Whole((Until - Time.GetUtcNow()).TotalMilliseconds)} left";
}

using Microsoft.AspNetCore.Components;
using ProgressHub.Web.Components.Shared;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Live;

/// <summary>How long there is until a deadline.</summary>
public sealed partial class Countdown
{
    /// <summary>The deadline.</summary>
    [Parameter, EditorRequired]
    public DateTimeOffset Until { get; set; }

    /// <summary>What to say once it has come.</summary>
    [Parameter]
    public string Over { get; set; } = UiText.Of("time is up");

    /// <summary>What stands before the time.</summary>
    [Parameter]
    public string Prefix { get; set; } = "";

    /// <summary>What stands behind the time.</summary>
    [Parameter]
    public string Suffix { get; set; } = UiText.Of(" left");

    /// <inheritdoc/>
    protected override bool IsTicking => Until > Time.GetUtcNow();

    private string Text => Until <= Time.GetUtcNow()
        ? Over
        : $"{Prefix}{Durations.Whole((Until - Time.GetUtcNow()).TotalMilliseconds)}{Suffix}";
}

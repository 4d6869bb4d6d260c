using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProgressHub.Web.Components.Shared;

namespace ProgressHub.Web.Components.Live;

/// <summary>A moment, as the reader's clock has it: how long ago, and on hover the date and the zone.</summary>
public sealed partial class TimeStamp
{
    private static readonly TimeSpan Recent = TimeSpan.FromHours(1);

    /// <summary>The moment.</summary>
    [Parameter, EditorRequired]
    public DateTimeOffset At { get; set; }

    /// <summary>What stands before it.</summary>
    [Parameter]
    public string? Prefix { get; set; }

    /// <summary>Whether the time of day is shown instead of how long ago it is.</summary>
    [Parameter]
    public bool IsClock { get; set; }

    [Inject]
    private ReaderClock Clock { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool IsTicking => !IsClock && Time.GetUtcNow() - At < Recent;

    private DateTimeOffset Local => Clock.ToLocal(At);

    private string Text => IsClock
        ? Local.ToString(Local.Date == Clock.ToLocal(Time.GetUtcNow()).Date ? "HH:mm" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
        : Durations.Ago(Time.GetUtcNow() - At);

    private string Full => string.Create(
        CultureInfo.InvariantCulture, $"{Local:yyyy-MM-dd HH:mm:ss} {Clock.ZoneName}{(Clock.IsUtc ? "" : $" · {At.UtcDateTime:HH:mm:ss} UTC")}");
}

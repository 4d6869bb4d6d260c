namespace ProgressHub.Core.Progress;

/// <summary>
/// How far a stage is, as its handler sees it. A value type, so that reporting a million of them allocates nothing.
/// </summary>
/// <param name="Current">How many units are done; null where units mean nothing.</param>
/// <param name="Total">How many units there are; null or 0 where that is unknown (indeterminate).</param>
/// <param name="Message">What is being done, for a person.</param>
/// <param name="Unit">What is counted, such as <c>batches</c>.</param>
public readonly record struct ProgressUpdate(
    double? Current = null, double? Total = null, string? Message = null, string? Unit = null)
{
    /// <summary>The share of the stage that is done, 0..1, where it is not <see cref="Current"/> over <see cref="Total"/>.</summary>
    public double? Fraction { get; init; }

    /// <summary>
    /// How many units were tried and failed for good: they are not done, and yet nobody waits for them. They are no part of
    /// <see cref="Current"/>.
    /// </summary>
    public double Failed { get; init; }

    /// <summary>Whether the fraction is a guess from elapsed time instead of a count.</summary>
    public bool Estimated { get; init; }

    /// <summary>Whether whoever does the work has not been heard of for too long.</summary>
    public bool Stalled { get; init; }

    /// <summary>The share of the stage that is done, clamped to 0..1; null where it is unknown or not a number.</summary>
    public double? StageFraction
    {
        get
        {
            var value = Fraction ?? (Total > 0 ? Current / Total : null);
            return value is { } v && double.IsFinite(v) ? Math.Clamp(v, 0, 1) : null;
        }
    }

    /// <summary>The share of the stage that needs no more time, done or failed; null as <see cref="StageFraction"/> is.</summary>
    internal double? SettledFraction => StageFraction is { } done && Failed > 0 && Total > 0 && double.IsFinite(Failed)
        ? Math.Min(1, done + (Failed / Total.Value))
        : StageFraction;
}

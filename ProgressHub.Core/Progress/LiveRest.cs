namespace ProgressHub.Core.Progress;

/// <summary>How long a stage still takes by what it has done so far, if its time is spread as in earlier runs.</summary>
/// <param name="Ms">The time left, in milliseconds.</param>
/// <param name="SpreadMs">How far off that is as a rule: a standard deviation, in milliseconds.</param>
internal readonly record struct LiveRest(double Ms, double SpreadMs)
{
    // Before that, one report or none has come, and says nothing.
    private const double LeastShare = 0.01;
    private const double LeastTime = 0.002;

    // How far off it is taken to be while few profiles are known, in proportion to the rest.
    private const double ExpectedSpread = 0.3;

    // The work between two points of a profile: nearer to the beginning nothing is known of how even it is.
    private const double Resolution = 0.05;
    private const double LeastSpreadMs = 1;

    /// <summary>Judges by the profiles of earlier runs, the newest first; without any the work is taken to be even.</summary>
    /// <returns>Null while too little is done.</returns>
    public static LiveRest? Judge(StageCount count, IReadOnlyList<StageProfile> profiles)
    {
        if (count.Share < LeastShare || count.Share >= 1 || count.ReachedMs <= 0)
            return null;
        var times = Known(profiles).Select(p => Math.Clamp(p.TimeAt(count.Share), LeastTime, 1));
        var odds = WeightedValues.Of(times.Select(t => (1 - t) / t));
        var time = 1 / (1 + odds.Quantile(0.5));
        var whole = count.ReachedMs / time;

        // By then it should have got further: it is late, and by more the longer nothing comes.
        var late = Math.Max(0, (count.ElapsedMs / NextTime(count, profiles)) - whole);

        var rest = Math.Max(0, whole + late - count.ElapsedMs);
        var early = Math.Sqrt(Math.Max(1, Resolution / count.Share));
        var spread = odds.Spread(ExpectedSpread * (1 - time) / time) * count.ReachedMs * early;
        spread = Math.Sqrt((spread * spread) + (late * late));
        return new LiveRest(rest, Math.Max(LeastSpreadMs, spread));
    }

    /// <summary>
    /// The share of its time by which a stage has got further, as a rule: above 0, and 1 at most. Profiles are kept in
    /// thousandths, so that a quick beginning reads as no time at all; nothing is done in no time.
    /// </summary>
    public static double NextTime(StageCount count, IReadOnlyList<StageProfile> profiles) => WeightedValues.Of(
        Known(profiles).Select(p => Math.Clamp(p.NextTimeAt(count.Share), LeastTime, 1))).Quantile(0.5);

    private static IReadOnlyList<StageProfile> Known(IReadOnlyList<StageProfile> profiles) =>
        profiles.Count > 0 ? profiles : [StageProfile.Even];
}

/// <summary>Of the normal distribution.</summary>
internal static class Normal
{
    /// <summary>Nine of ten values are less than so many standard deviations above the mean.</summary>
    public const double P90 = 1.2816;
}

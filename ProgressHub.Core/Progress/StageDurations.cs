using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Progress;

/// <summary>A length of time as a range.</summary>
/// <param name="P50Ms">As likely more as less, in milliseconds.</param>
/// <param name="P90Ms">Nine times of ten no more than this, in milliseconds.</param>
internal readonly record struct TimeRange(double P50Ms, double P90Ms);

/// <summary>
/// What the last runs of one stage say about the next. Each run counts as its ratio to what its size would let expect, so
/// that runs of all sizes teach the same.
/// </summary>
internal sealed class StageDurations
{
    // Of what has outlasted every earlier run nothing is known but its age, and the rest is in proportion to that.
    private const double RestOfTheUnknown = 0.25;
    private const double LeastRest = 0.1;

    // How much later it gets with each millisecond in which nothing comes.
    private const double Growth = 0.1;

    // How far apart runs are taken to be while few are known, in proportion to how long they take.
    private const double ExpectedSpread = 0.3;

    private readonly WeightedValues _ratios;
    private readonly List<StageProfile> _profiles;
    private readonly RobustLine? _bySize;
    private readonly double _typicalMs;

    /// <summary>Takes runs of one stage, the newest first; each took a length of time.</summary>
    public StageDurations(IReadOnlyList<StageRun> runs)
    {
        // Where some say how much there was to do, only those can be compared with what there is to do now.
        var sized = runs.Where(run => run.Size is > 0 and < double.PositiveInfinity).ToList();
        if (sized.Count >= DurationModel.MinSamples)
        {
            runs = sized;
            _bySize = RobustLine.Fit([.. sized.Select(run => (run.Size!.Value, run.Ms))]);
        }

        Samples = runs.Count;
        _typicalMs = WeightedValues.Of(runs.Select(run => run.Ms)).Quantile(0.5);
        _ratios = WeightedValues.Of(runs.Select(run => run.Ms / Math.Max(1, Typical(run.Size))));
        _profiles = [.. runs.Select(run => StageProfile.Parse(run.Profile)).OfType<StageProfile>()];
    }

    /// <summary>How many runs these are.</summary>
    public int Samples { get; }

    /// <summary>How long the whole stage takes at a size.</summary>
    public TimeRange Whole(double? size)
    {
        var typical = Typical(size);
        return new TimeRange(typical * _ratios.Quantile(0.5), typical * _ratios.Quantile(0.9));
    }

    /// <summary>How long it still takes once it has taken <paramref name="elapsedMs"/>: those that were quicker don't count.</summary>
    public TimeRange Rest(double? size, double elapsedMs)
    {
        var typical = Typical(size);
        var longer = _ratios.Above(elapsedMs / typical);
        if (longer.Count == 0)
            return new TimeRange(elapsedMs * RestOfTheUnknown, elapsedMs);

        var least = elapsedMs > Whole(size).P50Ms ? elapsedMs * LeastRest : 0;
        return new TimeRange(
            Math.Max(least, (typical * longer.Quantile(0.5)) - elapsedMs),
            Math.Max(least, (typical * longer.Quantile(0.9)) - elapsedMs));
    }

    /// <summary>
    /// The same for a stage that counts: what earlier runs took, and what this one has done in its time, each as far as it
    /// has been right before (weighted by the inverse of their variances).
    /// </summary>
    public CountedRest Rest(double? size, StageCount count)
    {
        var (usual, spread) = Usual(size, count);
        if (LiveRest.Judge(count, _profiles) is not { } live)
            return new CountedRest(new TimeRange(usual, usual + (spread * Normal.P90)), 0);

        // What is further off than chance would have it is not a run like the others.
        var apart = Math.Abs(usual - live.Ms);
        spread += Math.Max(0, apart - (2 * Math.Sqrt((spread * spread) + (live.SpreadMs * live.SpreadMs))));

        var (byHistory, byLive) = (1 / (spread * spread), 1 / (live.SpreadMs * live.SpreadMs));
        var rest = ((usual * byHistory) + (live.Ms * byLive)) / (byHistory + byLive);
        return new CountedRest(
            new TimeRange(rest, rest + (Math.Sqrt(1 / (byHistory + byLive)) * Normal.P90)), byLive / (byHistory + byLive));
    }

    /// <summary>
    /// What is left if this run is like the others: the rest of its time, and where it is behind them the rest of its work,
    /// and more of that the longer nothing comes.
    /// </summary>
    private (double Ms, double SpreadMs) Usual(double? size, StageCount count)
    {
        var whole = Whole(size).P50Ms;
        var spread = Typical(size) * _ratios.Spread(ExpectedSpread);
        var due = whole * LiveRest.NextTime(count, _profiles);
        var late = Math.Max(0, count.ElapsedMs - due);
        return late > 0 ? (whole - due + (late * Growth), spread + (late * Growth)) : (whole - count.ElapsedMs, spread);
    }

    private double Typical(double? size) => Math.Max(1, _bySize is { } line && size > 0 ? line.At(size.Value) : _typicalMs);
}

/// <summary>How far a stage is that counts.</summary>
/// <param name="ElapsedMs">How long it has taken.</param>
/// <param name="ReachedMs">When it got as far as it is.</param>
/// <param name="Share">How much of what there was to do in this attempt is done, 0..1.</param>
internal readonly record struct StageCount(double ElapsedMs, double ReachedMs, double Share);

/// <summary>How long a stage still takes, and what says so.</summary>
/// <param name="Left">The time left.</param>
/// <param name="Live">How much of that is this run's own rate, 0..1.</param>
internal readonly record struct CountedRest(TimeRange Left, double Live);

using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Progress;

/// <summary>A length of time as a range.</summary>
/// <param name="P50Ms">As likely more as less, in milliseconds.</param>
/// <param name="P90Ms">Nine times of ten no more than this, in milliseconds.</param>
internal readonly record struct TimeRange(double P50Ms, double P90Ms);

/// <summary>
/// What the last runs of one stage say about the next. Each run counts as its ratio to what its size would let expect;
/// quantiles of the ratios, so that one run that hung changes little, and newer ones weigh more.
/// </summary>
internal sealed class StageDurations
{
    // A run counts half as much as one that is 16 runs newer.
    private const double HalfLife = 16;

    // Of what has outlasted every earlier run nothing is known but its age, and the rest is in proportion to that.
    private const double RestOfTheUnknown = 0.25;
    private const double LeastRest = 0.1;

    private readonly (double Ratio, double Weight)[] _ratios;
    private readonly RobustLine? _bySize;
    private readonly double _typicalMs;

    /// <summary>Takes runs of one stage, the newest first.</summary>
    public StageDurations(IReadOnlyList<StageRun> runs)
    {
        // Where some say how much there was to do, only those can be compared with what there is to do now.
        var sized = runs.Where(run => run.Size > 0).ToList();
        if (sized.Count >= DurationModel.MinSamples)
        {
            runs = sized;
            _bySize = RobustLine.Fit([.. sized.Select(run => (run.Size!.Value, run.Ms))]);
        }

        Samples = runs.Count;
        _typicalMs = Quantile(Weighted(runs.Select(run => run.Ms)), 0.5);
        _ratios = Weighted(runs.Select(run => run.Ms / Math.Max(1, Typical(run.Size))));
    }

    /// <summary>How many runs these are.</summary>
    public int Samples { get; }

    /// <summary>How long the whole stage takes at a size.</summary>
    public TimeRange Whole(double? size)
    {
        var typical = Typical(size);
        return new TimeRange(typical * Quantile(_ratios, 0.5), typical * Quantile(_ratios, 0.9));
    }

    /// <summary>How long it still takes once it has taken <paramref name="elapsedMs"/>: those that were quicker don't count.</summary>
    public TimeRange Rest(double? size, double elapsedMs)
    {
        var typical = Typical(size);
        var longer = _ratios.Where(r => r.Ratio * typical > elapsedMs).ToArray();
        if (longer.Length == 0)
            return new TimeRange(elapsedMs * RestOfTheUnknown, elapsedMs);

        var least = elapsedMs > Whole(size).P50Ms ? elapsedMs * LeastRest : 0;
        return new TimeRange(
            Math.Max(least, (typical * Quantile(longer, 0.5)) - elapsedMs),
            Math.Max(least, (typical * Quantile(longer, 0.9)) - elapsedMs));
    }

    private double Typical(double? size) => _bySize is { } line && size > 0 ? line.At(size.Value) : _typicalMs;

    /// <summary>In order of value.</summary>
    private static (double Value, double Weight)[] Weighted(IEnumerable<double> newestFirst) =>
        [.. newestFirst.Select((value, age) => (Value: value, Weight: Math.Pow(2, -age / HalfLife))).OrderBy(v => v.Value)];

    private static double Quantile((double Value, double Weight)[] values, double share)
    {
        var reached = share * values.Sum(v => v.Weight);
        foreach (var (value, weight) in values)
        {
            reached -= weight;
            if (reached <= 1e-9)
                return value;
        }

        return values[^1].Value;
    }
}

namespace ProgressHub.Core.Progress;

/// <summary>
/// Values of earlier runs, of which newer ones count more. Judged by quantiles, so that one wild value changes little.
/// </summary>
internal sealed class WeightedValues
{
    // A run counts half as much as one that is 16 runs newer.
    private const double HalfLife = 16;

    // Where the normal distribution has one standard deviation on either side.
    private const double Lower = 0.16;
    private const double Upper = 0.84;

    private readonly (double Value, double Weight)[] _ordered;

    private WeightedValues((double Value, double Weight)[] ordered) => _ordered = ordered;

    /// <summary>How many there are.</summary>
    public int Count => _ordered.Length;

    public static WeightedValues Of(IEnumerable<double> newestFirst) => new(
        [.. newestFirst.Select((value, age) => (Value: value, Weight: Math.Pow(2, -age / HalfLife))).OrderBy(v => v.Value)]);

    /// <summary>Those above a bound.</summary>
    public WeightedValues Above(double bound) => new([.. _ordered.Where(v => v.Value > bound)]);

    /// <summary>The value that a share, 0..1, of them does not exceed.</summary>
    public double Quantile(double share)
    {
        var reached = share * _ordered.Sum(v => v.Weight);
        foreach (var (value, weight) in _ordered)
        {
            reached -= weight;
            if (reached <= 1e-9)
                return value;
        }

        return _ordered[^1].Value;
    }

    /// <summary>How far they lie apart: a standard deviation, if they were normally distributed.</summary>
    /// <param name="expected">What to take it for while there are few of them.</param>
    public double Spread(double expected)
    {
        const double ExpectedCountsAs = 2;
        var spread = Count == 0 ? 0 : (Quantile(Upper) - Quantile(Lower)) / 2;
        return Math.Sqrt(((Count * spread * spread) + (ExpectedCountsAs * expected * expected)) / (Count + ExpectedCountsAs));
    }
}

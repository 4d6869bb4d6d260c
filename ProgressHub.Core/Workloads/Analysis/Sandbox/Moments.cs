namespace ProgressHub.Core.Workloads.Analysis.Sandbox;

/// <summary>
/// Means, variances and the covariance of pairs, one pass, numerically stable: Welford (1962), as Knuth gives it in The Art
/// of Computer Programming, volume 2, 4.2.2. The variance is that of a sample (divided by n − 1).
/// </summary>
internal readonly record struct Moments(long Count, double MeanX, double MeanY, double SquaresX, double SquaresY, double Products)
{
    public Moments Add(double? first, double? second)
    {
        if (first is not { } x || second is not { } y || !double.IsFinite(x) || !double.IsFinite(y))
            return this;
        var count = Count + 1;
        var (fromX, fromY) = (x - MeanX, y - MeanY);
        var (meanX, meanY) = (MeanX + (fromX / count), MeanY + (fromY / count));
        return new Moments(
            count, meanX, meanY, SquaresX + (fromX * (x - meanX)), SquaresY + (fromY * (y - meanY)), Products + (fromX * (y - meanY)));
    }

    public double? Variance() => Count > 1 ? SquaresX / (Count - 1) : null;

    public double? StandardDeviation() => Variance() is { } variance ? Math.Sqrt(variance) : null;

    /// <summary>Pearson's coefficient; null where one of both does not vary.</summary>
    public double? Correlation() =>
        Count > 1 && SquaresX > 0 && SquaresY > 0 ? Math.Clamp(Products / Math.Sqrt(SquaresX * SquaresY), -1, 1) : null;

    /// <summary>How much the second changes with one of the first, by least squares.</summary>
    public double? Slope() => Count > 1 && SquaresX > 0 ? Products / SquaresX : null;
}

/// <summary>Numbers to find the middle of; bounded, because they are kept.</summary>
internal sealed class Numbers
{
    private const int MaxNumbers = 8_000_000;
    private readonly List<double> _all = [];
    private readonly bool _isSeed;

    public Numbers()
        : this(isSeed: true)
    {
    }

    private Numbers(bool isSeed) => _isSeed = isSeed;

    public Numbers Add(double? number)
    {
        // One seed serves every group, so it must stay empty.
        var numbers = _isSeed ? new Numbers(isSeed: false) : this;
        if (number is { } value && double.IsFinite(value))
        {
            if (numbers._all.Count == MaxNumbers)
                throw new InvalidOperationException($"A median takes at most {MaxNumbers} numbers.");
            numbers._all.Add(value);
        }

        return numbers;
    }

    public double? Median()
    {
        if (_all.Count == 0)
            return null;
        _all.Sort();
        var middle = _all.Count / 2;
        return _all.Count % 2 == 1 ? _all[middle] : (_all[middle - 1] + _all[middle]) / 2;
    }
}

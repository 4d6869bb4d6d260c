namespace ProgressHub.Core.Workloads.Analysis.Sandbox;

/// <summary>
/// Means, variances and the covariance of pairs, one pass, numerically stable: Welford (1962), as Knuth gives it in The Art
/// of Computer Programming, volume 2, 4.2.2. The variance is that of a sample (divided by n − 1).
/// </summary>
internal sealed class Moments
{
    private long _count;
    private double _meanX;
    private double _meanY;
    private double _squaresX;
    private double _squaresY;
    private double _products;

    public void Add(double? first, double? second)
    {
        if (first is not { } x || second is not { } y || !double.IsFinite(x) || !double.IsFinite(y))
            return;
        _count++;
        var (fromX, fromY) = (x - _meanX, y - _meanY);
        _meanX += fromX / _count;
        _meanY += fromY / _count;
        _squaresX += fromX * (x - _meanX);
        _squaresY += fromY * (y - _meanY);
        _products += fromX * (y - _meanY);
    }

    public double? Variance() => _count > 1 ? _squaresX / (_count - 1) : null;

    public double? StandardDeviation() => Variance() is { } variance ? Math.Sqrt(variance) : null;

    /// <summary>Pearson's coefficient; null where one of both does not vary.</summary>
    public double? Correlation() =>
        _count > 1 && _squaresX > 0 && _squaresY > 0 ? Math.Clamp(_products / Math.Sqrt(_squaresX * _squaresY), -1, 1) : null;

    /// <summary>How much the second changes with one of the first, by least squares.</summary>
    public double? Slope() => _count > 1 && _squaresX > 0 ? _products / _squaresX : null;
}

namespace ProgressHub.Workloads.Analysis.Engine;

/// <summary>
/// Tells whether a row is the totals of those above it: of all of them, or of those since the totals before. What it is called
/// is not enough: a place or a firm may be called Total.
/// </summary>
internal sealed class TotalsCheck(int columns)
{
    private const double Tolerance = 1e-6;
    private readonly double[] _all = new double[columns];
    private readonly double[] _block = new double[columns];
    private long _rows;
    private long _blockRows;

    /// <summary>Takes a row of data.</summary>
    public void Add(double?[] values)
    {
        _rows++;
        _blockRows++;
        for (var i = 0; i < columns; i++)
        {
            _all[i] += values[i] ?? 0;
            _block[i] += values[i] ?? 0;
        }
    }

    /// <summary>Whether a row is totals; if so, a new block begins below it.</summary>
    /// <param name="values">Its numbers.</param>
    /// <param name="isNamed">Whether it is called so; else every number must fit.</param>
    public bool IsTotals(double?[] values, bool isNamed)
    {
        if (_rows == 0)
            return false;
        var (fits, compared) = (0, 0);
        for (var i = 0; i < columns; i++)
        {
            if (values[i] is not { } value)
                continue;
            compared++;
            var isSum = Near(value, _all[i]) || (_blockRows > 0 && Near(value, _block[i]));
            var isMean = isNamed && (Near(value, _all[i] / _rows) || (_blockRows > 0 && Near(value, _block[i] / _blockRows)));
            fits += isSum || isMean ? 1 : 0;
        }

        if (fits == 0 || (isNamed ? fits * 2 < compared : fits < compared || _rows < 2))
            return false;
        Array.Clear(_block);
        _blockRows = 0;
        return true;
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) <= Tolerance * Math.Max(1, Math.Abs(b));
}

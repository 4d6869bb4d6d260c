namespace ProgressHub.Core.Progress;

/// <summary>
/// A line through points of which some are wild: the slope is the median of the slopes between pairs, which up to
/// 29 percent of outliers can't move far (Theil 1950, Sen 1968).
/// </summary>
/// <param name="Intercept">What no size at all would cost; never negative.</param>
/// <param name="Slope">What each unit of size adds; never negative.</param>
internal readonly record struct RobustLine(double Intercept, double Slope)
{
    /// <summary>The value at <paramref name="x"/>.</summary>
    public double At(double x) => Intercept + (Slope * x);

    /// <summary>Fits positive <paramref name="points"/>; where all have one x, value is in proportion to x.</summary>
    public static RobustLine Fit(IReadOnlyList<(double X, double Y)> points)
    {
        List<double> slopes = [];
        for (var i = 0; i < points.Count; i++)
        {
            for (var j = i + 1; j < points.Count; j++)
            {
                if (points[i].X != points[j].X)
                    slopes.Add((points[j].Y - points[i].Y) / (points[j].X - points[i].X));
            }
        }

        if (slopes.Count == 0)
            return new RobustLine(0, Median([.. points.Select(p => p.Y / p.X)]));
        var slope = Math.Max(0, Median(slopes));
        var intercept = Median([.. points.Select(p => p.Y - (slope * p.X))]);
        return intercept >= 0
            ? new RobustLine(intercept, slope)
            : new RobustLine(0, Median([.. points.Select(p => p.Y / p.X)]));
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        var middle = values.Count / 2;
        return values.Count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}

namespace ProgressHub.Core.Progress;

/// <summary>
/// How long a stage that nobody has seen before still takes, by how quickly its count has moved of late. What came before the
/// first count (a process that starts, a model that is loaded) is paid once and not in proportion to the work, and a machine
/// that others have begun to use stays as it is now: so the rate is that of the later part of the time, not of all of it.
/// </summary>
internal static class RecentRate
{
    // The rate is measured from a moment between these parts of the time until now: the median of what each such moment says,
    // so that one pause does not decide it (as in the line of Theil and Sen).
    private const double Earliest = 0.25;
    private const double Latest = 0.75;

    // Where several are done at once, only the last of them stands for its moment: so much of the mean time between two.
    private const double Apart = 0.5;

    /// <summary>The time left, in milliseconds; null where nothing has moved.</summary>
    /// <param name="reports">When, in milliseconds of the stage, so much of it was done, 0..1; in order.</param>
    /// <param name="share">What is done now, 0..1.</param>
    /// <param name="reachedMs">When it got as far as that.</param>
    /// <param name="elapsedMs">How long the stage has taken.</param>
    public static double? RestMs(IReadOnlyList<(double AtMs, double Share)> reports, double share, double reachedMs, double elapsedMs)
    {
        if (share >= 1)
            return 0;
        var (mean, longest) = (reachedMs / Math.Max(1, reports.Count - 1), 0.0);
        double? before = null;
        List<double> rates = [];
        for (var i = 0; i < reports.Count && reports[i].Share < share; i++)
        {
            var (at, done) = reports[i];
            var rate = (reachedMs - at) / (share - done);
            if (at < Earliest * reachedMs)
            {
                before = rate;
                continue;
            }

            var until = i + 1 < reports.Count ? reports[i + 1].AtMs : reachedMs;
            longest = Math.Max(longest, until - at);
            if (at <= Latest * reachedMs && until - at >= Apart * mean)
                rates.Add(rate);
        }

        if ((rates.Count > 0 ? Median(rates) : before) is not { } msPerShare)
            return null;

        // The next count is due; where it is later than any was, the rate has fallen, and by more the longer nothing comes.
        var due = longest > 0 ? longest : reachedMs;
        var since = elapsedMs - reachedMs;
        var late = Math.Max(0, since - due);
        return Math.Max(0, ((1 - share) * msPerShare * (1 + (late / Math.Max(1, reachedMs * (1 - Earliest))))) - Math.Min(since, due));
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        var middle = values.Count / 2;
        return values.Count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}

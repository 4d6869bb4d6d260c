namespace ProgressHub.Core.Progress;

/// <summary>How far the stage under way is, on the clock of its attempt.</summary>
/// <param name="Name">The stage.</param>
/// <param name="EnteredAt">When it began.</param>
internal sealed record StageProgress(string Name, TimeSpan EnteredAt)
{
    // Enough for a profile; of more, every second is left out, and then again.
    private const int MaxReports = 256;

    private static readonly TimeSpan FirstReportWithin = TimeSpan.FromMilliseconds(250);
    private readonly List<(double AtMs, double Share)> _reports = [];
    private double _apart;
    private double _total;

    /// <summary>What was done before this attempt, 0..1: the first share it reported at its beginning.</summary>
    public double Restored { get; private set; }

    /// <summary>The share that is counted as done, 0..1; null where nothing is counted.</summary>
    public double? Done { get; private set; }

    /// <summary>How often its count has moved.</summary>
    public int Moves { get; private set; }

    /// <summary>When it got as far as it is.</summary>
    public TimeSpan ReachedAt { get; private set; }

    /// <summary>How far it is in what this attempt has to do; null where nothing is counted.</summary>
    public StageCount? CountAt(TimeSpan now) => Done is { } done
        ? new StageCount(
            (now - EnteredAt).TotalMilliseconds, (ReachedAt - EnteredAt).TotalMilliseconds,
            Restored < 1 ? (done - Restored) / (1 - Restored) : 1)
        : null;

    /// <summary>How long it still takes by its own count, in milliseconds; null where that has not moved.</summary>
    public double? RestMs(TimeSpan now) => Done is { } done
        ? RecentRate.RestMs(_reports, done, (ReachedAt - EnteredAt).TotalMilliseconds, (now - EnteredAt).TotalMilliseconds)
        : null;

    /// <summary>How its work was spread over its time, once it is over; null where that is not the whole of its work.</summary>
    public StageProfile? ProfileAt(TimeSpan end) =>
        Restored > 0 ? null : StageProfile.Of(_reports, (end - EnteredAt).TotalMilliseconds);

    /// <summary>Notes a counted share.</summary>
    /// <param name="share">What is done, 0..1.</param>
    /// <param name="total">What that is a share of, where it is known: where it grows, what was done is a smaller share.</param>
    /// <param name="now">The clock of the attempt.</param>
    public void Observe(double share, double? total, TimeSpan now)
    {
        if (total is > 0 and < double.PositiveInfinity and var all)
        {
            if (_total > 0 && all > _total)
                Shrink(_total / all);
            _total = Math.Max(_total, all);
        }

        // A handler says what it restored before it begins to work.
        if (Done is null && now - EnteredAt < FirstReportWithin)
            Restored = share;
        if (share <= Done)
            return;
        if (Done is not null)
            Moves++;
        Done = share;
        ReachedAt = now;
        if (_reports.Count > 0 && share - _reports[^1].Share < _apart)
            return;
        _reports.Add(((now - EnteredAt).TotalMilliseconds, share));
        if (_reports.Count < MaxReports)
            return;
        _apart = Math.Max(2 * _apart, 1.0 / MaxReports);
        for (var i = _reports.Count - 2; i > 0; i -= 2)
            _reports.RemoveAt(i);
    }

    private void Shrink(double by)
    {
        (Done, Restored) = (Done * by, Restored * by);
        for (var i = 0; i < _reports.Count; i++)
            _reports[i] = _reports[i] with { Share = _reports[i].Share * by };
    }
}

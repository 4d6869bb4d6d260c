namespace ProgressHub.Core.Progress;

/// <summary>
/// How long the rest will take, judged by this run alone: the rate since the first observation. It says nothing until
/// that rate means something, and grows while nothing moves.
/// </summary>
internal sealed class LiveRate(WorkClock clock)
{
    private const int MinSamples = 3;
    private const double MinFraction = 0.02;

    // Of a rate measured over a fraction f of the work, the rest is uncertain in proportion to what has not been seen.
    private const double SpreadAtStart = 1.0;
    private static readonly TimeSpan MinElapsed = TimeSpan.FromSeconds(2);

    private TimeSpan _firstAt;
    private double _first = double.NaN;
    private double _latest;

    /// <summary>How many observations there are that moved.</summary>
    public int Samples { get; private set; }

    /// <summary>The share of the work, 0..1, that was seen being done.</summary>
    public double Seen => double.IsNaN(_first) ? 0 : _latest - _first;

    /// <summary>Notes the overall fraction, 0..1, now.</summary>
    public void Observe(double fraction)
    {
        if (double.IsNaN(_first))
        {
            // What was there at the first observation may be restored work; it says nothing about the rate.
            _first = _latest = fraction;
            _firstAt = clock.Elapsed;
        }

        if (fraction > _latest)
            Samples++;
        _latest = Math.Max(_latest, fraction);
    }

    /// <summary>The time left, or null while it can't be judged.</summary>
    public TimeRange? Rest()
    {
        var elapsed = clock.Elapsed - _firstAt;
        if (double.IsNaN(_first) || Samples < MinSamples || Seen < MinFraction || elapsed < MinElapsed)
            return null;

        var left = (1 - _latest) / Seen * elapsed.TotalMilliseconds;
        return new TimeRange(left, left * (1 + (SpreadAtStart * (1 - _latest))));
    }
}

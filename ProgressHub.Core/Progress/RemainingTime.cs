using ProgressHub.Core.Events;

namespace ProgressHub.Core.Progress;

/// <summary>
/// How long the rest will take, judged by this run alone: the rate since the first observation. It says nothing until
/// that rate means something, and grows while nothing moves.
/// </summary>
/// <remarks>
/// The place for durations learned from earlier runs: they would enter as a prior that the live rate outweighs as the
/// fraction grows.
/// </remarks>
internal sealed class RemainingTime(TimeProvider time)
{
    private const int MinSamples = 3;
    private const double MinFraction = 0.02;

    // Of a rate measured over a fraction f of the work, the rest is uncertain in proportion to what has not been seen.
    private const double SpreadAtStart = 1.0;
    private static readonly TimeSpan MinElapsed = TimeSpan.FromSeconds(2);

    private long _firstAt;
    private double _first = double.NaN;
    private double _latest;
    private int _samples;

    /// <summary>Notes the overall fraction, 0..1, now.</summary>
    public void Observe(double fraction)
    {
        if (double.IsNaN(_first))
        {
            // What was there at the first observation may be restored work; it says nothing about the rate.
            _first = _latest = fraction;
            _firstAt = time.GetTimestamp();
        }

        if (fraction > _latest)
            _samples++;
        _latest = Math.Max(_latest, fraction);
    }

    /// <summary>The time left, or null while it can't be judged.</summary>
    public Eta? Estimate()
    {
        var elapsed = time.GetElapsedTime(_firstAt);
        var done = _latest - _first;
        if (double.IsNaN(_first) || _samples < MinSamples || done < MinFraction || elapsed < MinElapsed)
            return null;

        var left = (1 - _latest) / done * elapsed.TotalMilliseconds;
        var spread = 1 + (SpreadAtStart * (1 - _latest));
        return new Eta((long)left, (long)(left * spread), "rate", _samples);
    }
}

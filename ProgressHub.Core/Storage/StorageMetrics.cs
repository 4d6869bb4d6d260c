using System.Diagnostics.Metrics;

namespace ProgressHub.Core.Storage;

/// <summary>What the store tells of itself, through the meter <c>ProgressHub</c>.</summary>
internal sealed class StorageMetrics : IDisposable
{
    private static readonly InstrumentAdvice<double> Buckets = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private readonly Meter _meter;
    private readonly bool _ownsMeter;
    private readonly Counter<long> _events;
    private readonly Histogram<double> _duration;

    /// <param name="factory">The host's; it disposes the meters it made. Without one the meter is our own.</param>
    /// <param name="queueLength">How many writes wait now.</param>
    public StorageMetrics(IMeterFactory? factory, Func<int> queueLength)
    {
        _ownsMeter = factory is null;
        _meter = factory?.Create("ProgressHub") ?? new Meter("ProgressHub");
        _events = _meter.CreateCounter<long>(
            "progresshub.events.appended", "{event}", "Events that are on disk.");
        _duration = _meter.CreateHistogram(
            "progresshub.append.duration", "s", "From asking for an append until it is on disk.", advice: Buckets);
        _meter.CreateObservableGauge(
            "progresshub.storage.queue", queueLength, "{write}", "Writes that wait for a commit.");
    }

    /// <summary>Counts an append that is on disk.</summary>
    public void Appended(int events, TimeSpan duration)
    {
        _events.Add(events);
        _duration.Record(duration.TotalSeconds);
    }

    public void Dispose()
    {
        if (_ownsMeter)
            _meter.Dispose();
    }
}

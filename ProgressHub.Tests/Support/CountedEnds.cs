using System.Diagnostics.Metrics;

namespace ProgressHub.Tests.Support;

/// <summary>Counts the jobs of a kind that the engine's own metrics say have ended, by state.</summary>
internal sealed class CountedEnds : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly List<string> _states = [];

    public CountedEnds(string kind)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "progresshub.jobs.finished")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            var byName = tags.ToArray().ToDictionary(tag => tag.Key, tag => (string)tag.Value!);
            lock (_states)
            {
                if (byName["kind"] == kind)
                    _states.AddRange(Enumerable.Repeat(byName["state"], (int)count));
            }
        });
        _listener.Start();
    }

    public IReadOnlyList<string> States
    {
        get
        {
            lock (_states)
                return [.. _states];
        }
    }

    public void Dispose() => _listener.Dispose();
}

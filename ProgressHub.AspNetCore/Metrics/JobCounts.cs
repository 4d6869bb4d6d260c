using System.Diagnostics.Metrics;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.AspNetCore.Metrics;

/// <summary>
/// How many jobs there are, as gauges on the meter <c>ProgressHub</c>. Gauges are read without
/// waiting, so the store is counted beforehand, at most every five seconds.
/// </summary>
internal sealed partial class JobCounts
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private readonly IJobStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger<JobCounts> _logger;
    private readonly string[] _kinds;
    private Counted? _last;

    public JobCounts(
        IJobStore store, WorkloadCatalog workloads, IMeterFactory meters, TimeProvider time, ILogger<JobCounts> logger)
    {
        _store = store;
        _time = time;
        _logger = logger;
        _kinds = [.. workloads.All.Select(w => w.Descriptor.Kind)];

        var meter = meters.Create("ProgressHub");
        meter.CreateObservableGauge("progresshub.jobs", ByKindAndState, "{job}", "Jobs in the store, by kind and state.");
        meter.CreateObservableGauge("progresshub.queue.depth", Queued, "{job}", "Jobs that wait to be run.");
    }

    /// <summary>Counts again where the last count is old. A store that does not answer leaves the last count standing.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (_last is { } last && _time.GetElapsedTime(last.At) < Fresh)
            return;
        try
        {
            _last = new Counted(_time.GetTimestamp(), await _store.CountAsync(cancellationToken));
        }
        catch (StorageUnavailableException unavailable)
        {
            LogNotCounted(unavailable);
        }
    }

    // Every series is there from the start, at zero: a rate over a series that appears is blind to its first step.
    private IEnumerable<Measurement<long>> ByKindAndState()
    {
        // An exporter that sends by itself counts for its next turn; who asks at /metrics has counted before.
        _ = RefreshAsync(CancellationToken.None);
        var counts = (_last?.Jobs ?? []).ToDictionary(c => (c.Kind, c.State), c => c.Count);
        foreach (var kind in _kinds)
        {
            foreach (var state in Enum.GetValues<JobState>())
                counts.TryAdd((kind, state), 0);
        }

        return counts.Select(c => new Measurement<long>(c.Value, Tag("kind", c.Key.Kind), Tag("state", c.Key.State.Name())));
    }

    private long Queued() => (_last?.Jobs ?? []).Where(c => c.State == JobState.Queued).Sum(c => c.Count);

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    private sealed record Counted(long At, IReadOnlyList<(string Kind, JobState State, long Count)> Jobs);

    [LoggerMessage(LogLevel.Warning, "The jobs could not be counted; the metrics show the count before.")]
    private partial void LogNotCounted(Exception failure);
}

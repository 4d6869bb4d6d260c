using Microsoft.Extensions.Options;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>
/// One clock for all open streams: once a tick it looks over them for those that have been silent or stalled too long, so
/// that no stream needs a timer of its own; when the server stops it tells them all.
/// </summary>
internal sealed class StreamClock : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<IOpenStream> _streams = [];
    private readonly StreamingOptions _options;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly CancellationTokenRegistration _stopping;

    public StreamClock(IOptions<StreamingOptions> options, IHostApplicationLifetime lifetime, TimeProvider time)
    {
        _options = options.Value;
        _time = time;
        var period = Shorter(TimeSpan.FromSeconds(1), Shorter(_options.Heartbeat, _options.StallLimit) / 4);
        _timer = time.CreateTimer(static clock => ((StreamClock)clock!).OnTick(), this, period, period);
        _stopping = lifetime.ApplicationStopping.UnsafeRegister(static clock => ((StreamClock)clock!).Stop(), this);
    }

    /// <summary>Whether the server stops: streams end now, and their clients resume by cursor.</summary>
    public bool IsStopping { get; private set; }

    public StreamingOptions Options => _options;

    public long Now => _time.GetTimestamp();

    public DateTimeOffset UtcNow => _time.GetUtcNow();

    public TimeSpan Since(long timestamp) => _time.GetElapsedTime(timestamp);

    public void Add(IOpenStream stream)
    {
        lock (_gate)
        {
            stream.ClockIndex = _streams.Count;
            _streams.Add(stream);
        }
    }

    public void Remove(IOpenStream stream)
    {
        lock (_gate)
        {
            var last = _streams[^1];
            _streams[stream.ClockIndex] = last;
            last.ClockIndex = stream.ClockIndex;
            _streams.RemoveAt(_streams.Count - 1);
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        _stopping.Dispose();
    }

    private void OnTick()
    {
        // Looking is cheap; acting goes over the network, and so happens outside the lock.
        List<IOpenStream>? due = null;
        lock (_gate)
        {
            foreach (var stream in _streams)
            {
                if (stream.IsDue(this))
                    (due ??= []).Add(stream);
            }
        }

        foreach (var stream in due ?? [])
            stream.OnDue(this);
    }

    private void Stop()
    {
        IOpenStream[] all;
        lock (_gate)
        {
            IsStopping = true;
            all = [.. _streams];
        }

        foreach (var stream in all)
            stream.OnStopping();
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}

/// <summary>What the clock needs to know of a stream.</summary>
internal interface IOpenStream
{
    /// <summary>Its place in the clock's list; the clock's own.</summary>
    int ClockIndex { get; set; }

    /// <summary>Whether it has been silent or stalled too long. Called often and under a lock: only compares.</summary>
    bool IsDue(StreamClock clock);

    /// <summary>Sees to it: a heartbeat, or the end.</summary>
    void OnDue(StreamClock clock);

    /// <summary>The server stops.</summary>
    void OnStopping();
}

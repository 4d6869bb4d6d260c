namespace ProgressHub.Core.Events;

/// <summary>
/// The one flush tick of all streams: feeds with frames that came too soon after a flush are flushed together when it
/// fires. It runs only while there is something to flush.
/// </summary>
internal sealed class FlushTick : IDisposable
{
    /// <summary>How long frames may gather before they go out.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private List<FrameBroadcast> _pending = [];

    /// <summary>Makes a tick on a clock.</summary>
    public FlushTick(TimeProvider time) => _timer = time.CreateTimer(
        static state => ((FlushTick)state!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    internal void Schedule(FrameBroadcast broadcast)
    {
        lock (_gate)
        {
            _pending.Add(broadcast);
            if (_pending.Count == 1)
                _timer.Change(Interval, Timeout.InfiniteTimeSpan);
        }
    }

    private void Fire()
    {
        List<FrameBroadcast> due;
        lock (_gate)
        {
            due = _pending;
            _pending = [];
        }

        foreach (var broadcast in due)
            broadcast.OnTick();
    }
}

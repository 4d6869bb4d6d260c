namespace ProgressHub.Web.Components.Live;

/// <summary>
/// Calls an action at most once an interval: at once for the first request, and once more at the interval's end for all
/// that came within it, so that the last state is always shown. Safe from any thread.
/// </summary>
internal sealed class RenderThrottle : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Action _render;
    private readonly TimeSpan _interval;
    private readonly ITimer _timer;
    private bool _resting;
    private bool _requested;
    private bool _disposed;

    public RenderThrottle(Action render, TimeSpan interval, TimeProvider time)
    {
        _render = render;
        _interval = interval;
        _timer = time.CreateTimer(
            static self => ((RenderThrottle)self!).OnInterval(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Request()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _requested = _resting;
            if (_resting)
                return;
            Rest();
        }

        _render();
    }

    public void Dispose()
    {
        lock (_gate)
            _disposed = true;
        _timer.Dispose();
    }

    private void OnInterval()
    {
        lock (_gate)
        {
            _resting = false;
            if (_disposed || !_requested)
                return;
            _requested = false;
            Rest();
        }

        _render();
    }

    private void Rest()
    {
        _resting = true;
        _timer.Change(_interval, Timeout.InfiniteTimeSpan);
    }
}

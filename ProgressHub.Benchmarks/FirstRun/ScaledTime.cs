namespace ProgressHub.Benchmarks.FirstRun;

/// <summary>
/// A clock that runs so many times as fast as the system's: work that takes twelve seconds has taken two minutes by it, as on
/// a machine that is as much slower.
/// </summary>
internal sealed class ScaledTime(double speed) : TimeProvider
{
    private readonly DateTimeOffset _begun = System.GetUtcNow();
    private readonly long _timestamp = System.GetTimestamp();

    public override long TimestampFrequency => System.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _begun + ((System.GetUtcNow() - _begun) * speed);

    public override long GetTimestamp() => _timestamp + (long)((System.GetTimestamp() - _timestamp) * speed);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new ScaledTimer(this, System.CreateTimer(callback, state, Scaled(dueTime), Scaled(period)));

    // A timer's least tick is a millisecond; what was to wait is not to spin.
    private TimeSpan Scaled(TimeSpan time) => time > TimeSpan.Zero
        ? TimeSpan.FromMilliseconds(Math.Max(1, time.TotalMilliseconds / speed))
        : time;

    // What a timer is changed to is said by this clock too.
    private sealed class ScaledTimer(ScaledTime time, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(time.Scaled(dueTime), time.Scaled(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}

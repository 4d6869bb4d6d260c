namespace ProgressHub.Tests.Support;

/// <summary>A clock that stands still until it is moved; its timers are the system's.</summary>
internal sealed class StorageClock : TimeProvider
{
    private long _ticks = new DateTimeOffset(2026, 11, 20, 10, 0, 0, TimeSpan.Zero).UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}

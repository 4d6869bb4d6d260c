namespace ProgressHub.AspNetCore.Streaming;

/// <summary>When a stream last wrote, and since when its bytes have not been taken.</summary>
internal struct StreamPulse
{
    private long _lastWrite;
    private long _stalledSince;

    /// <summary>Bytes go out now.</summary>
    public void Writing(long now)
    {
        Volatile.Write(ref _lastWrite, now);
        Volatile.Write(ref _stalledSince, now);
    }

    /// <summary>They were taken.</summary>
    public void Written() => Volatile.Write(ref _stalledSince, 0);

    /// <summary>How long it is since it last wrote.</summary>
    public readonly TimeSpan Silence(StreamClock clock) => clock.Since(_lastWrite);

    public readonly bool IsSilent(StreamClock clock) =>
        _stalledSince == 0 && Silence(clock) >= clock.Options.Heartbeat;

    public readonly bool IsStalled(StreamClock clock) =>
        _stalledSince is not 0 and var since && clock.Since(since) >= clock.Options.StallLimit;
}

namespace ProgressHub.Core.Progress;

/// <summary>How long an attempt has worked: its time without the pauses in which it waited for somebody.</summary>
internal sealed class WorkClock(TimeProvider time)
{
    private readonly long _began = time.GetTimestamp();
    private TimeSpan _paused;
    private long? _pausedAt;

    /// <summary>Whether it stands still.</summary>
    public bool IsPaused => _pausedAt is not null;

    /// <summary>The time worked.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_began, _pausedAt ?? time.GetTimestamp()) - _paused;

    /// <summary>Stands still until <see cref="Resume"/>.</summary>
    public void Pause() => _pausedAt ??= time.GetTimestamp();

    /// <summary>Goes on.</summary>
    public void Resume()
    {
        if (_pausedAt is not { } at)
            return;
        _paused += time.GetElapsedTime(at);
        _pausedAt = null;
    }
}

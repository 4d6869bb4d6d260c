using System.Globalization;

namespace ProgressHub.Core.Jobs;

/// <summary>
/// The time of day for a server that runs for months: it never goes back and never jumps while the machine works, whatever
/// somebody or something does to the machine's clock. It follows a clock that was set slowly, a minute in twenty, so that
/// no retry comes an hour late, nothing is swept an hour early, and no job is told to have taken less than no time.
/// </summary>
/// <remarks>
/// Followed at once are: a second or less forward, the time that the machine was asleep, and more than a day, which is a
/// clock that was not set before. Timers and time stamps are the machine's own; those do not jump.
/// </remarks>
internal sealed class SteadyTime : TimeProvider
{
    private const double Pace = 0.05;
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan NeverSet = TimeSpan.FromDays(1);

    private readonly TimeProvider _machine;
    private readonly Func<TimeSpan> _asleep;
    private readonly Lock _gate = new();
    private DateTimeOffset _now;
    private long _at;
    private TimeSpan _slept;

    /// <summary>On the machine's clocks.</summary>
    public SteadyTime()
        : this(System, TimeAsleep)
    {
    }

    /// <param name="machine">The clocks to go by.</param>
    /// <param name="asleep">How long the machine has been asleep since it was started.</param>
    internal SteadyTime(TimeProvider machine, Func<TimeSpan> asleep)
    {
        (_machine, _asleep) = (machine, asleep);
        (_now, _at, _slept) = (machine.GetUtcNow(), machine.GetTimestamp(), asleep());
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => _machine.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => _machine.LocalTimeZone;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            var at = _machine.GetTimestamp();
            var passed = _machine.GetElapsedTime(_at, at);
            var ahead = _machine.GetUtcNow() - _now - passed;
            if (ahead > AtOnce)
                ahead = WithoutSleep(ahead);
            (_now, _at) = (_now + passed + Correction(ahead, passed), at);
            return _now;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => _machine.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _machine.CreateTimer(callback, state, dueTime, period);

    private static TimeSpan Correction(TimeSpan ahead, TimeSpan passed)
    {
        if ((ahead >= TimeSpan.Zero && ahead <= AtOnce) || ahead.Duration() > NeverSet)
            return ahead;
        var most = passed * Pace;
        return ahead > TimeSpan.Zero ? (ahead < most ? ahead : most) : (ahead > -most ? ahead : -most);
    }

    // What the machine slept has passed, though its time stamps stood still.
    private TimeSpan WithoutSleep(TimeSpan ahead)
    {
        var slept = _asleep();
        var asleep = slept - _slept;
        _slept = slept;
        if (asleep <= AtOnce)
            return ahead;
        _now += asleep < ahead ? asleep : ahead;
        return ahead - (asleep < ahead ? asleep : ahead);
    }

    // /proc/uptime counts sleep (proc(5)), time stamps do not (clock_gettime(2), CLOCK_MONOTONIC).
    private static TimeSpan TimeAsleep()
    {
        try
        {
            return OperatingSystem.IsLinux()
                ? TimeSpan.FromSeconds(double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture))
                    - System.GetElapsedTime(0)
                : TimeSpan.Zero;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or FormatException)
        {
            return TimeSpan.Zero;
        }
    }
}

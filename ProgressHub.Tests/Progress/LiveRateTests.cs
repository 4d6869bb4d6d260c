using ProgressHub.Core.Progress;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Progress;

public sealed class LiveRateTests
{
    private readonly ManualTime _time = new();
    private readonly LiveRate _rate;

    public LiveRateTests() => _rate = new LiveRate(new WorkClock(_time));

    [Fact]
    public void Nothing_is_said_before_the_rate_means_something()
    {
        Assert.Null(_rate.Rest());
        Observe(0, 0);
        Assert.Null(_rate.Rest());
        Observe(1, 0.10);
        Observe(0.5, 0.15);
        Assert.Null(_rate.Rest()); // Too soon.
        Observe(0.4, 0.20);
        Assert.Null(_rate.Rest()); // Still.
        Observe(0.1, 0.20);
        Assert.NotNull(_rate.Rest());
    }

    [Fact]
    public void Two_observations_are_too_few_and_a_hundredth_is_too_little()
    {
        Observe(0, 0);
        Observe(5, 0.3);
        Observe(5, 0.6);
        Assert.Null(_rate.Rest());

        var slow = new LiveRate(new WorkClock(_time));
        for (var i = 0; i <= 10; i++)
        {
            slow.Observe(i / 1000d);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Null(slow.Rest());
    }

    [Fact]
    public void A_steady_rate_gives_a_falling_estimate_that_comes_true()
    {
        Observe(0, 0);
        var before = double.MaxValue;
        for (var second = 1; second < 20; second++)
        {
            Observe(1, second / 20d);
            if (_rate.Rest() is not { } eta)
                continue;
            Assert.InRange(eta.P50Ms, ((20 - second) * 1000) - 1, ((20 - second) * 1000) + 1);
            Assert.True(eta.P50Ms < before && eta.P90Ms >= eta.P50Ms);
            before = eta.P50Ms;
        }

        Assert.InRange(before, 900, 1100);
    }

    [Fact]
    public void While_nothing_moves_the_estimate_grows()
    {
        Observe(0, 0);
        for (var i = 1; i <= 5; i++)
            Observe(1, i / 10d);
        var before = _rate.Rest()!.Value;
        var samples = _rate.Samples;

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(before.P50Ms * 2, _rate.Rest()!.Value.P50Ms, 3);
        Assert.Equal(samples, _rate.Samples);
    }

    [Fact]
    public void Restored_work_does_not_count_as_speed()
    {
        Observe(60, 0.5);
        for (var i = 1; i <= 5; i++)
            Observe(1, 0.5 + (i / 100d));

        // 5 hundredths in 5 seconds; 45 are left.
        Assert.InRange(_rate.Rest()!.Value.P50Ms, 44_900, 45_100);
        Assert.Equal(5, _rate.Samples);
    }

    [Fact]
    public void Time_in_which_it_waits_for_somebody_is_no_slowness()
    {
        var clock = new WorkClock(_time);
        var rate = new LiveRate(clock);
        rate.Observe(0);
        for (var i = 1; i <= 5; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            rate.Observe(i / 10d);
        }

        clock.Pause();
        _time.Advance(TimeSpan.FromHours(3));
        Assert.Equal(5000, rate.Rest()!.Value.P50Ms, 3);
        clock.Resume();
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(6000, rate.Rest()!.Value.P50Ms, 3);
    }

    [Fact]
    public void A_fraction_that_falls_changes_nothing()
    {
        Observe(0, 0);
        for (var i = 1; i <= 5; i++)
            Observe(1, i / 10d);
        var before = _rate.Rest();

        _rate.Observe(0.1);

        Assert.Equal(before, _rate.Rest());
    }

    private void Observe(double secondsLater, double fraction)
    {
        _time.Advance(TimeSpan.FromSeconds(secondsLater));
        _rate.Observe(fraction);
    }
}

using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Jobs;

/// <summary>The time of day goes on at its pace whatever happens to the machine's clock.</summary>
public sealed class SteadyTimeTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly Machine _machine = new();
    private readonly SteadyTime _time;

    public SteadyTimeTests() => _time = new SteadyTime(_machine, () => _machine.Asleep);

    [Theory]
    [InlineData(1), InlineData(-1)]
    public void A_clock_that_is_set_by_an_hour_is_followed_slowly(int hours)
    {
        var before = _time.GetUtcNow();
        _machine.Clock += Hour * hours;

        Assert.Equal(before, _time.GetUtcNow());
        _machine.Pass(TimeSpan.FromSeconds(20));
        Assert.Equal(before.AddSeconds(20 + hours), _time.GetUtcNow());

        // In the end it is the machine's time again.
        for (var i = 0; i < 21; i++)
        {
            _machine.Pass(Hour);
            _ = _time.GetUtcNow();
        }

        Assert.Equal(_machine.GetUtcNow(), _time.GetUtcNow());
    }

    [Fact]
    public void It_never_goes_back()
    {
        var random = new Random(7);
        var (before, right) = (_time.GetUtcNow(), _machine.Clock);
        for (var i = 0; i < 1000; i++)
        {
            _machine.Clock = right + TimeSpan.FromSeconds((random.NextDouble() - 0.5) * 7200);
            var passed = TimeSpan.FromMilliseconds(random.Next(0, 3000));
            right += passed;
            _machine.Pass(passed);
            var now = _time.GetUtcNow();
            Assert.True(now >= before);
            before = now;
        }
    }

    [Theory]
    [InlineData(0.8), InlineData(40 * 86400.0), InlineData(-40 * 86400.0)]
    public void Small_corrections_forward_and_clocks_that_were_never_set_are_followed_at_once(double seconds)
    {
        _machine.Clock += TimeSpan.FromSeconds(seconds);

        Assert.Equal(_machine.GetUtcNow(), _time.GetUtcNow());
    }

    [Fact]
    public void Time_asleep_has_passed()
    {
        var before = _time.GetUtcNow();
        _machine.Clock += Hour * 8;
        _machine.Asleep += Hour * 8;

        Assert.Equal(before + (Hour * 8), _time.GetUtcNow());
    }

    [Fact]
    public void On_the_machine_it_is_the_machines_time() =>
        Assert.InRange((new SteadyTime().GetUtcNow() - TimeProvider.System.GetUtcNow()).Duration(), TimeSpan.Zero, TimeSpan.FromSeconds(5));

    private sealed class Machine : TimeProvider
    {
        private long _passed;

        public DateTimeOffset Clock { get; set; } = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

        public TimeSpan Asleep { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Clock;

        public override long GetTimestamp() => _passed;

        public void Pass(TimeSpan time)
        {
            _passed += time.Ticks;
            Clock += time;
        }
    }
}

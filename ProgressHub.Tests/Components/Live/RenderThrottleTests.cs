using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Live;

namespace ProgressHub.Tests.Components.Live;

public sealed class RenderThrottleTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly ManualTime _time = new();
    private int _renders;

    [Fact]
    public void The_first_request_renders_at_once()
    {
        using var throttle = Throttle();

        throttle.Request();

        Assert.Equal(1, _renders);
    }

    [Fact]
    public void All_requests_within_an_interval_render_once_more_at_its_end()
    {
        using var throttle = Throttle();

        for (var i = 0; i < 1000; i++)
            throttle.Request();
        Assert.Equal(1, _renders);
        _time.Advance(Interval);

        Assert.Equal(2, _renders);
    }

    [Fact]
    public void Requests_without_end_render_ten_times_a_second()
    {
        using var throttle = Throttle();

        for (var i = 0; i < 1000; i++)
        {
            throttle.Request();
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.InRange(_renders, 10, 11);
    }

    [Fact]
    public void After_a_quiet_interval_a_request_renders_at_once_again()
    {
        using var throttle = Throttle();
        throttle.Request();
        _time.Advance(Interval);
        Assert.Equal(1, _renders);

        throttle.Request();

        Assert.Equal(2, _renders);
    }

    [Fact]
    public void Once_disposed_nothing_renders_any_more()
    {
        var throttle = Throttle();
        throttle.Request();
        throttle.Request();

        throttle.Dispose();
        throttle.Request();
        _time.Advance(Interval);

        Assert.Equal(1, _renders);
    }

    private RenderThrottle Throttle() => new(() => _renders++, Interval, _time);
}

using ProgressHub.Web.Components.Waiting;

namespace ProgressHub.Tests.Components.Waiting;

public sealed class QueueForecastTests
{
    [Fact]
    public void Each_job_takes_the_slot_that_is_free_first()
    {
        var starts = QueueForecast.Of(2, [Seconds(30), Seconds(10)], [Seconds(60), Seconds(5), Seconds(5)]);

        Assert.Equal([Seconds(10), Seconds(30), Seconds(35)], starts);
    }

    [Fact]
    public void A_free_slot_is_taken_at_once() =>
        Assert.Equal([TimeSpan.Zero, TimeSpan.Zero, Seconds(4)], QueueForecast.Of(2, [], [Seconds(4), null, Seconds(4)]));

    [Fact]
    public void Behind_what_nobody_knows_nothing_is_said() =>
        Assert.Equal([null, null], QueueForecast.Of(1, [null], [Seconds(4), Seconds(4)]));

    private static TimeSpan? Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}

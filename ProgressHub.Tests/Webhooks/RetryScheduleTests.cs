using ProgressHub.Core.Webhooks;

namespace ProgressHub.Tests.Webhooks;

public sealed class RetryScheduleTests
{
    private static readonly DateTimeOffset Then = DateTimeOffset.UnixEpoch;
    private static readonly WebhookOptions Default = new();

    [Fact]
    public void Delays_grow_until_a_day_is_over()
    {
        var at = Then;
        var delays = new List<TimeSpan>();
        while (RetrySchedule.Next(delays.Count + 1, Then, at, null, Default, 0.5) is { } next)
        {
            delays.Add(next - at);
            at = next;
        }

        Assert.Equal(delays.Order(), delays);
        Assert.Equal(TimeSpan.FromSeconds(5), delays[0]);
        Assert.InRange(delays.Count, 9, 15);
        Assert.InRange(at - Then, TimeSpan.FromHours(18), TimeSpan.FromHours(24));
    }

    [Theory, InlineData(0, 4), InlineData(0.5, 5), InlineData(1, 6)]
    public void A_delay_is_up_to_a_fifth_more_or_less(double chance, int seconds) =>
        Assert.Equal(Then.AddSeconds(seconds), RetrySchedule.Next(1, Then, Then, null, Default, chance));

    [Theory, InlineData(60, 60), InlineData(1, 5), InlineData(-5, 5), InlineData(100_000_000, 6 * 3600)]
    public void What_the_receiver_asks_for_is_granted_within_bounds(int asked, int seconds) =>
        Assert.Equal(Then.AddSeconds(seconds), RetrySchedule.Next(1, Then, Then, TimeSpan.FromSeconds(asked), Default, 0.5));
}

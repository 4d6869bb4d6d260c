using ProgressHub.Core.Execution;
using ProgressHub.Core.Retries;

namespace ProgressHub.Tests.Retries;

public sealed class BackoffTests
{
    private static readonly Backoff Plain = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));

    [Theory, InlineData(1, 1), InlineData(2, 2), InlineData(5, 16), InlineData(7, 60), InlineData(1000, 60), InlineData(int.MaxValue, 60)]
    [InlineData(0, 1), InlineData(int.MinValue, 1)]
    public void It_doubles_from_failure_to_failure_up_to_its_bound(int failures, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Plain.After(failures));

    [Theory]
    [InlineData(0, 0, 4), InlineData(0, 0.7, 4), InlineData(0.5, 0, 2), InlineData(0.5, 0.5, 3), InlineData(0.5, 1, 4), InlineData(1, 0, 0), InlineData(1, 0.25, 1)]
    public void The_share_that_is_left_to_chance_is_taken_off_the_delay(double jitter, double chance, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), (Plain with { Jitter = jitter }).After(3, chance));

    [Fact]
    public void What_the_other_side_asked_for_is_the_least()
    {
        Assert.Equal(TimeSpan.FromMinutes(5), Plain.After(1, TimeSpan.FromMinutes(5), 1));
        Assert.Equal(TimeSpan.FromSeconds(4), Plain.After(3, TimeSpan.FromMilliseconds(1), 1));
        Assert.Equal(TimeSpan.FromSeconds(4), Plain.After(3, TimeSpan.FromSeconds(-5), 1));
        Assert.Equal(TimeSpan.FromSeconds(4), Plain.After(3, null, 1));
    }

    [Fact]
    public void Nothing_overflows_however_long_the_first_delay_is() => Assert.Equal(
        TimeSpan.FromDays(2), new Backoff(TimeSpan.FromDays(1), TimeSpan.FromDays(2)).After(int.MaxValue));

    [Fact]
    public void Attempts_of_a_job_wait_between_half_of_it_and_all_of_it()
    {
        var backoff = new ExecutionOptions { RetryDelay = TimeSpan.FromSeconds(1), MaxRetryDelay = TimeSpan.FromSeconds(60) }.Backoff;

        Assert.Equal((TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)), (backoff.After(2, 0), backoff.After(2, 1)));
    }
}

using ProgressHub.Core.Execution;

namespace ProgressHub.Tests.Execution;

public sealed class RetryDelayTests
{
    private static readonly ExecutionOptions Options = new()
    {
        RetryDelay = TimeSpan.FromSeconds(1), MaxRetryDelay = TimeSpan.FromSeconds(60),
    };

    [Theory, InlineData(1, 1), InlineData(2, 2), InlineData(5, 16), InlineData(7, 60), InlineData(1000, 60), InlineData(int.MaxValue, 60)]
    public void It_doubles_from_attempt_to_attempt_with_jitter_up_to_its_bound(int attempts, int seconds)
    {
        var delays = Enumerable.Range(0, 200).Select(_ => RetryDelay.After(attempts, null, Options).TotalSeconds).ToArray();

        Assert.All(delays, d => Assert.InRange(d, seconds / 2d, seconds));
        Assert.True(delays.Max() - delays.Min() > seconds / 10d);
    }

    [Fact]
    public void What_the_other_side_asked_for_is_the_least()
    {
        Assert.Equal(TimeSpan.FromMinutes(5), RetryDelay.After(1, TimeSpan.FromMinutes(5), Options));
        Assert.InRange(RetryDelay.After(3, TimeSpan.FromMilliseconds(1), Options), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4));
    }
}

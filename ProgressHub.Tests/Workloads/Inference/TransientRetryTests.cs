using Microsoft.Extensions.Options;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Inference;

namespace ProgressHub.Tests.Workloads.Inference;

public sealed class TransientRetryTests
{
    private readonly InstantTime _time = new();

    [Fact]
    public async Task Waits_double_up_to_their_limit_and_then_the_failure_is_thrown()
    {
        var exception = await Assert.ThrowsAsync<WorkloadException>(() => RunAsync(int.MaxValue, Fault()));

        Assert.Equal("engine_unavailable", exception.Code);
        Assert.Equal(6, _time.Waits.Count);
        double[] expected = [1, 2, 4, 8, 10, 10];
        Assert.All(_time.Waits.Zip(expected), pair => Assert.InRange(pair.First.TotalSeconds, pair.Second * 0.79, pair.Second));
    }

    [Fact]
    public async Task A_longer_wait_that_was_asked_for_is_kept()
    {
        Assert.Equal(2, await RunAsync(1, Fault(TimeSpan.FromSeconds(7))));
        Assert.Equal([TimeSpan.FromSeconds(7)], _time.Waits);
    }

    [Fact]
    public async Task A_wait_longer_than_the_limit_is_left_to_the_job()
    {
        var exception = await Assert.ThrowsAsync<WorkloadException>(() => RunAsync(1, Fault(TimeSpan.FromMinutes(5))));

        Assert.Equal(TimeSpan.FromMinutes(5), exception.RetryAfter);
        Assert.Empty(_time.Waits);
    }

    [Fact]
    public async Task What_is_not_transient_is_not_tried_again()
    {
        await Assert.ThrowsAsync<WorkloadException>(() => RunAsync(1, new WorkloadException("engine_rejected_key", "no")));

        Assert.Empty(_time.Waits);
    }

    private Task<int> RunAsync(int failures, WorkloadException fault)
    {
        var options = Options.Create(new InferenceOptions
        {
            MaxRetries = 6, RetryDelay = TimeSpan.FromSeconds(1), MaxRetryDelay = TimeSpan.FromSeconds(10),
        });
        var calls = 0;
        return new TransientRetry(options, _time).RunAsync(
            _ => ++calls <= failures ? throw fault : Task.FromResult(calls), (_, _) => ValueTask.CompletedTask, CancellationToken.None);
    }

    private static WorkloadException Fault(TimeSpan? retryAfter = null) =>
        new("engine_unavailable", "gone") { IsTransient = true, RetryAfter = retryAfter };
}

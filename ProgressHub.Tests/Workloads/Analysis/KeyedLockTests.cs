using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Analysis.Sessions;

namespace ProgressHub.Tests.Workloads.Analysis;

public sealed class KeyedLockTests
{
    private readonly KeyedLock _lock = new();

    [Fact]
    public async Task One_at_a_time_has_a_key_and_keys_do_not_wait_for_each_other()
    {
        var first = await _lock.EnterAsync("a", CancellationToken.None);
        var second = _lock.EnterAsync("a", CancellationToken.None);
        (await _lock.EnterAsync("b", CancellationToken.None).Soon()).Dispose();

        Assert.False(second.IsCompleted);
        Assert.Null(_lock.TryEnter("a"));
        first.Dispose();
        (await second.Soon()).Dispose();
    }

    [Fact]
    public async Task A_key_that_nobody_holds_or_waits_for_takes_no_memory()
    {
        for (var i = 0; i < 100; i++)
            (await _lock.EnterAsync($"{i}", CancellationToken.None)).Dispose();
        var held = _lock.TryEnter("held");
        using var giveUp = new CancellationTokenSource();
        var waiting = _lock.EnterAsync("held", giveUp.Token);
        Assert.Null(_lock.TryEnter("held"));
        Assert.Equal(1, _lock.Count);

        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Soon());
        held!.Dispose();
        held.Dispose();

        Assert.Equal(0, _lock.Count);
        using var again = _lock.TryEnter("held");
        Assert.NotNull(again);
    }
}

using ProgressHub.Core.Jobs;
using ProgressHub.Core.Retries;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Retries;

public sealed class StorageRetryTests
{
    private readonly InstantTime _time = new();

    [Fact]
    public async Task The_store_is_asked_again_later_and_later_until_it_answers()
    {
        var calls = 0;

        Assert.Equal(9, await AskAsync(() => ++calls < 9 ? throw new StorageUnavailableException("Down.") : calls));

        Assert.Equal([50, 100, 200, 400, 800, 1600, 2000, 2000], _time.Waits.Select(w => w.TotalMilliseconds));
    }

    [Fact]
    public async Task A_store_that_is_closed_or_broken_is_not_asked_again()
    {
        await Assert.ThrowsAsync<StorageClosedException>(() => AskAsync(() => throw new StorageClosedException("Closed.")));
        await Assert.ThrowsAsync<InvalidDataException>(() => AskAsync(() => throw new InvalidDataException()));

        Assert.Empty(_time.Waits);
    }

    [Fact]
    public async Task Who_gives_up_waits_no_longer() => await Assert.ThrowsAnyAsync<OperationCanceledException>(
        () => StorageRetry.RetryUntilAvailableAsync<int>(
            () => throw new StorageUnavailableException("Down."), TimeProvider.System, new CancellationToken(canceled: true)).Soon());

    private Task<int> AskAsync(Func<int> answer) =>
        StorageRetry.RetryUntilAvailableAsync(() => Task.FromResult(answer()), _time, CancellationToken.None).Soon();
}

using ProgressHub.Core.Events;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Events;

public sealed class FeedWatcherTests : IDisposable
{
    private readonly FlushTick _tick = new(TimeProvider.System);
    private readonly FrameBroadcast _broadcast;

    public FeedWatcherTests() => _broadcast = new FrameBroadcast(0, _tick, TimeProvider.System);

    public void Dispose() => _tick.Dispose();

    [Fact]
    public async Task A_poke_ends_the_wait_under_way()
    {
        using var watcher = Watch(inline: false);
        var wait = watcher.WaitAsync();

        watcher.Poke();

        await wait.Soon();
        Assert.Equal(0, watcher.Read(new EventFrame[1]));
        Assert.False(watcher.WaitAsync().AsTask().IsCompleted);
    }

    [Fact]
    public void A_poke_before_the_wait_is_not_lost_and_counts_once()
    {
        using var watcher = Watch(inline: false);
        watcher.Poke();
        watcher.Poke();

        Assert.True(watcher.WaitAsync().AsTask().IsCompletedSuccessfully);
        Assert.False(watcher.WaitAsync().AsTask().IsCompleted);
    }

    [Fact]
    public async Task Disposing_ends_the_wait_under_way()
    {
        var watcher = Watch(inline: false);
        var wait = watcher.WaitAsync();

        watcher.Dispose();

        await wait.Soon();
        Assert.Equal(0, _broadcast.WatcherCount);
    }

    [Fact]
    public async Task Pokes_and_frames_from_all_sides_complete_a_wait_once_and_the_last_is_not_lost()
    {
        using var watcher = Watch(inline: false);
        var over = false;
        var reading = Task.Run(async () =>
        {
            while (!Volatile.Read(ref over))
            {
                await watcher.WaitAsync();
                watcher.Cursor = _broadcast.Last;
            }
        });

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 3000; i++)
            {
                watcher.Poke();
                Publish(1);
                if (i % 8 == 0)
                    await Task.Yield();
            }
        }))).Soon();
        Volatile.Write(ref over, true);
        watcher.Poke();

        await reading.Soon();
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Under_stress_no_watcher_of_any_group_misses_an_event(bool inline)
    {
        const int watchers = 300; // three groups
        const int events = 3000;
        var readers = Enumerable.Range(0, watchers).Select(_ => ReadAllAsync(Watch(inline), events)).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < events / 3; i++)
            {
                Publish(1);
                if (i % 50 == 0)
                    await Task.Yield();
            }
        })));

        await Task.WhenAll(readers).Soon();
    }

    [Fact]
    public async Task What_comes_while_a_group_is_being_woken_wakes_it_again()
    {
        var time = new ManualTime();
        using var tick = new FlushTick(time);
        var broadcast = new FrameBroadcast(0, tick, time);
        using var first = Watch(inline: true, broadcast);
        var again = new Signal();
        var reader = ReadAsync();
        await Task.Yield();

        // The reader runs where it is woken, and publishes from there: the wake-up comes in the middle of another.
        Publish(1, broadcast);

        await again.Task.Soon();
        await reader.Soon();

        async Task ReadAsync()
        {
            await first.WaitAsync().ConfigureAwait(false);
            first.Cursor = broadcast.Last;
            var second = first.WaitAsync();
            Publish(2, broadcast);
            broadcast.OnTick();
            await second.ConfigureAwait(false);
            again.Set();
        }
    }

    private static async Task ReadAllAsync(FeedWatcher watcher, int events)
    {
        await Task.Yield();
        using var _ = watcher;
        var target = new EventFrame[64];
        while (watcher.Cursor < events)
        {
            var before = watcher.Cursor;
            var count = watcher.Read(target);
            if (count == 0)
                await watcher.WaitAsync();
            else if (count < 0)
                watcher.Cursor = before + 1; // What it misses it would read from the log.
        }
    }

    private FeedWatcher Watch(bool inline, FrameBroadcast? broadcast = null)
    {
        broadcast ??= _broadcast;
        lock (broadcast.Gate)
            return broadcast.AddWatcher(broadcast.Last, inline);
    }

    private void Publish(long seq, FrameBroadcast? broadcast = null)
    {
        broadcast ??= _broadcast;
        bool wake;
        lock (broadcast.Gate)
            wake = broadcast.Add([EventFrame.Encode(EventSamples.Placed(new CancelingEvent(), seq), null)], urgent: false);
        if (wake)
            broadcast.Wake();
    }
}

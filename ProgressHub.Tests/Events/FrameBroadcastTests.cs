using ProgressHub.Core.Events;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Events;

public sealed class FrameBroadcastTests : IDisposable
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    private readonly ManualTime _time = new();
    private readonly FlushTick _tick;
    private readonly FrameBroadcast _broadcast;
    private long _seq;

    public FrameBroadcastTests()
    {
        _tick = new FlushTick(_time);
        _broadcast = new FrameBroadcast(0, _tick, _time);
    }

    public void Dispose() => _tick.Dispose();

    [Fact]
    public async Task The_first_event_wakes_a_watcher_at_once()
    {
        using var watcher = Watch();
        var wait = watcher.WaitAsync().AsTask();

        Publish();

        await wait.Soon();
        Assert.Equal([1], Read(watcher));
        Assert.Equal(0, _time.Armed);
    }

    [Fact]
    public async Task A_second_event_inside_five_milliseconds_waits_for_the_tick()
    {
        using var watcher = Watch();
        await WakeAsync(watcher);
        var wait = watcher.WaitAsync().AsTask();

        Publish();
        Publish();
        _time.Advance(4 * Millisecond);

        Assert.False(wait.IsCompleted);
        Assert.Equal(1, _time.Armed);

        _time.Advance(Millisecond);

        await wait.Soon();
        Assert.Equal([2, 3], Read(watcher));
        Assert.Equal(0, _time.Armed);
    }

    [Fact]
    public async Task An_event_after_five_quiet_milliseconds_wakes_at_once()
    {
        using var watcher = Watch();
        await WakeAsync(watcher);
        var wait = watcher.WaitAsync().AsTask();
        _time.Advance(5 * Millisecond);

        Publish();

        await wait.Soon();
        Assert.Equal([2], Read(watcher));
    }

    [Fact]
    public async Task The_end_does_not_wait_for_the_tick()
    {
        using var watcher = Watch();
        await WakeAsync(watcher);
        var wait = watcher.WaitAsync().AsTask();
        Publish();

        Publish(urgent: true);

        await wait.Soon();
        Assert.Equal([2, 3], Read(watcher));
    }

    [Fact]
    public async Task A_watcher_that_begins_to_wait_before_the_tick_is_woken_by_it()
    {
        using var watcher = Watch();
        await WakeAsync(watcher);
        Publish();
        Publish();
        Assert.Equal([2], Read(watcher, 1));

        var wait = watcher.WaitAsync().AsTask();
        Assert.False(wait.IsCompleted);
        _time.Advance(5 * Millisecond);

        await wait.Soon();
        Assert.Equal([3], Read(watcher));
    }

    [Fact]
    public async Task A_watcher_that_begins_to_wait_after_the_tick_need_not_wait()
    {
        using var watcher = Watch();
        Publish();
        Publish();
        _time.Advance(5 * Millisecond);

        await watcher.WaitAsync().Soon();

        Assert.Equal([1, 2], Read(watcher));
    }

    [Fact]
    public async Task The_tick_serves_the_next_burst_too()
    {
        using var watcher = Watch();
        for (var burst = 0; burst < 5; burst++)
        {
            var wait = watcher.WaitAsync().AsTask();
            Publish();
            await wait.Soon();
            Assert.Single(Read(watcher));

            wait = watcher.WaitAsync().AsTask();
            Publish();
            Publish();
            _time.Advance(5 * Millisecond);
            await wait.Soon();
            Assert.Equal(2, Read(watcher).Count);
            _time.Advance(5 * Millisecond);
        }
    }

    [Fact]
    public async Task One_tick_flushes_all_feeds()
    {
        var other = new FrameBroadcast(0, _tick, _time);
        using var first = Watch();
        FeedWatcher second;
        lock (other.Gate)
            second = other.AddWatcher(0, inline: false);
        using var disposing = second;
        var woken = new[] { first.WaitAsync().AsTask(), second.WaitAsync().AsTask() };
        Publish();
        Publish(other);
        await Task.WhenAll(woken).Soon();
        Read(first);
        second.Cursor = 1;
        var waits = new[] { first.WaitAsync().AsTask(), second.WaitAsync().AsTask() };

        Publish();
        Publish(other);

        Assert.Equal(1, _time.Armed);
        _time.Advance(5 * Millisecond);
        await Task.WhenAll(waits).Soon();
    }

    [Fact]
    public void Nobody_watching_costs_no_tick()
    {
        for (var i = 0; i < 10; i++)
            Publish();

        Assert.Equal(0, _time.Armed);
        Assert.Equal(10, _broadcast.Last);
    }

    [Fact]
    public void A_watcher_too_far_behind_is_told_so()
    {
        using var watcher = Watch();
        for (var i = 0; i < 1500; i++)
            Publish();

        Assert.Equal(-1, watcher.Read(new EventFrame[10]));
        watcher.Cursor = 1500 - 1024;
        Assert.Equal(10, watcher.Read(new EventFrame[10]));
    }

    [Fact]
    public void Watchers_come_and_go_in_any_order()
    {
        var random = new Random(1);
        var watchers = new List<FeedWatcher>();
        for (var i = 0; i < 2000; i++)
        {
            if (watchers.Count > 0 && random.Next(2) == 0)
            {
                var index = random.Next(watchers.Count);
                watchers[index].Dispose();
                watchers[index].Dispose();
                watchers.RemoveAt(index);
            }
            else
            {
                watchers.Add(Watch());
            }

            Assert.Equal(watchers.Count, _broadcast.WatcherCount);
        }
    }

    /// <summary>An event that wakes the watcher, and nothing of that wake-up still under way.</summary>
    private async Task WakeAsync(FeedWatcher watcher)
    {
        var wait = watcher.WaitAsync().AsTask();
        Publish();
        await wait.Soon();
        Assert.Equal([1], Read(watcher));
    }

    private FeedWatcher Watch(bool inline = false)
    {
        lock (_broadcast.Gate)
            return _broadcast.AddWatcher(_broadcast.Last, inline);
    }

    private void Publish(bool urgent = false) => Publish(_broadcast, urgent);

    private void Publish(FrameBroadcast broadcast, bool urgent = false)
    {
        var frame = EventFrame.Encode(EventSamples.Placed(new CancelingEvent(), ++_seq), null);
        bool wake;
        lock (broadcast.Gate)
            wake = broadcast.Add([frame], urgent);
        if (wake)
            broadcast.Wake();
    }

    private static List<long> Read(FeedWatcher watcher, int most = 100)
    {
        var target = new EventFrame[most];
        var count = watcher.Read(target);
        return [.. target.Take(count).Select(f => f.Seq)];
    }
}

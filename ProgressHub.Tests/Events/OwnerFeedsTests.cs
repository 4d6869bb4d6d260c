using ProgressHub.Core.Events;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Events;

public sealed class OwnerFeedsTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly FlushTick _tick;
    private readonly OwnerFeeds _owners;

    public OwnerFeedsTests()
    {
        _tick = new FlushTick(_time);
        _owners = new OwnerFeeds(new NoRelay(), _tick, _time);
    }

    public void Dispose() => _tick.Dispose();

    [Fact]
    public void An_owner_sees_what_happens_from_the_first_watch_on_and_nobody_elses()
    {
        _owners.Publish("ann", [Frame(1)]);
        var (watcher, resumed) = _owners.Watch("ann", null, inline: false);
        using var _ = watcher;

        _owners.Publish("ann", [Frame(2), Frame(3)]);
        _owners.Publish("bob", [Frame(4)]);

        Assert.False(resumed);
        Assert.Equal([2, 3], Read(watcher));
        Assert.Equal(1, _owners.WatcherCount);
    }

    [Fact]
    public void A_watcher_resumes_right_where_it_left_off()
    {
        var (first, _) = _owners.Watch("ann", null, inline: false);
        _owners.Publish("ann", [Frame(1), Frame(2)]);
        first.Read(new EventFrame[1]);
        var left = first.Cursor;
        first.Dispose();
        _owners.Publish("ann", [Frame(3)]);

        var (second, resumed) = _owners.Watch("ann", left, inline: false);
        using var _ = second;

        Assert.True(resumed);
        Assert.Equal([2, 3], Read(second));
        Assert.Equal(second.Cursor, _owners.Last("ann"));
    }

    [Theory, InlineData(-1L), InlineData(99_999L), InlineData(0L)]
    public void A_position_that_is_gone_or_never_was_starts_over_at_the_present(long after)
    {
        var (first, _) = _owners.Watch("ann", null, inline: false);
        using var keeps = first;
        for (var i = 1; i <= 2000; i++)
            _owners.Publish("ann", [Frame(i)]);

        var (watcher, resumed) = _owners.Watch("ann", after, inline: false);
        using var _ = watcher;

        Assert.False(resumed);
        Assert.Empty(Read(watcher));
    }

    [Fact]
    public void Nobody_has_a_position_before_the_first_watch() => Assert.Equal(0, _owners.Last("nobody"));

    [Fact]
    public void The_frames_of_owners_who_have_left_are_let_go_but_their_positions_are_not_used_again()
    {
        var (left, _) = _owners.Watch("ann", null, inline: false);
        var frame = PublishLarge("ann");
        Read(left);
        left.Dispose();
        _time.Advance(TimeSpan.FromMinutes(10));

        _owners.Watch("bob", null, inline: false).Watcher.Dispose();
        GC.Collect();

        Assert.False(frame.IsAlive);
        var (back, resumed) = _owners.Watch("ann", 1, inline: false);
        using var disposing = back;
        Assert.True(resumed);
        _owners.Publish("ann", [Frame(7)]);
        Assert.Equal([7], Read(back));
        Assert.Equal(2, _owners.Last("ann"));
        var (stale, goesOn) = _owners.Watch("ann", 0, inline: false);
        using var disposingToo = stale;
        Assert.False(goesOn);
    }

    private WeakReference PublishLarge(string owner)
    {
        var frame = Frame(1);
        _owners.Publish(owner, [frame]);
        return new WeakReference(frame);
    }

    private static EventFrame Frame(long seq) => EventFrame.Encode(EventSamples.Placed(new CancelingEvent(), seq), null);

    private static List<long> Read(FeedWatcher watcher)
    {
        var target = new EventFrame[100];
        return [.. target.Take(watcher.Read(target)).Select(f => f.Seq)];
    }
}

using System.Text.Json;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Events;

public sealed class PendingEventsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    private readonly PendingEvents _pending;

    public PendingEventsTests()
    {
        var job = new Job { Id = JobId.New(), Kind = "test", Title = "Test", Owner = "ann", CreatedAt = Now }.Start(Now);
        _pending = new PendingEvents(job, JobSnapshot.Empty(job.Id, Now) with { Seq = 1 });
    }

    [Fact]
    public void What_is_taken_is_what_was_added_in_order_with_the_state_after_it()
    {
        _pending.Add(FeedBench.Line("one"), null, Now.AddSeconds(1));
        _pending.Add(new CancelingEvent(), j => j.RequestCancel(), Now.AddSeconds(2));

        var append = _pending.Take()!;

        Assert.Equal([(2L, "log"), (3L, "canceling")], append.Frames.Select(f => (f.Seq, f.Type)));
        Assert.Equal((JobState.Canceling, JobState.Canceling, 3L), (append.Job.State, append.Snapshot.State, append.Snapshot.Seq));
        Assert.Equal([1000, 2000], append.Frames.Select(f => f.Decode().ElapsedMs));
        Assert.Null(_pending.Take());
        Assert.Equal(3, _pending.Draft.Seq);
    }

    [Fact]
    public void Progress_gives_way_to_the_next_as_long_as_nothing_else_follows_it()
    {
        foreach (var current in (double[])[1, 2, 3])
            _pending.Add(new ProgressEvent { Current = current }, null, Now);
        _pending.Add(FeedBench.Line("between"), null, Now);
        _pending.Add(new ProgressEvent { Current = 4 }, null, Now);

        Assert.Equal(
            [(2L, "3"), (3L, "between"), (4L, "4")],
            _pending.Take()!.Frames.Select(f => (f.Seq, f.Decode() switch { ProgressEvent p => $"{p.Current}", LogEvent l => l.Message, _ => "" })));
    }

    [Fact]
    public void There_is_room_until_1024_events_or_8_MiB_wait()
    {
        for (var i = 1; i < PendingEvents.SoftLimit; i++)
            _pending.Add(FeedBench.Line("x"), null, Now);
        Assert.True(_pending.HasRoom);
        _pending.Add(FeedBench.Line("x"), null, Now);
        Assert.False(_pending.HasRoom);
        _pending.Take();
        Assert.True(_pending.HasRoom);

        for (var i = 0; i < 3; i++)
            _pending.Add(new PartialEvent(i, null, true, new string('x', 3 * 1024 * 1024)), null, Now);

        Assert.False(_pending.HasRoom);
    }

    [Fact]
    public void A_group_that_fails_in_its_midst_leaves_nothing_of_itself()
    {
        _pending.Add(new PartialEvent(0, null, true), null, Now);
        _pending.Add(new ProgressEvent { Current = 1 }, null, Now);
        var before = _pending.Draft;

        Assert.ThrowsAny<Exception>(() => _pending.AddTogether(
            [new ProgressEvent { Current = 2 }, new PartialEvent(0, null, false), new PartialEvent(1, null, true), new PartialEvent(2, null, true, Data: default(JsonElement))],
            Now));
        Assert.Equal((before, 2), (_pending.Draft, _pending.Count));
        _pending.AddTogether([new PartialEvent(0, null, true), new PartialEvent(1, null, true)], Now);

        var log = _pending.Take()!.Frames.Select(f => f.Decode()).ToArray();
        Assert.Equal([2, 3, 4, 5], log.Select(e => e.Seq));
        Assert.Equal(1, ((ProgressEvent)log[1]).Current);
        Assert.Equal(["ok", null], log.Skip(2).Select(e => ((PartialEvent)e).Replaces));
    }

    [Fact]
    public void Where_far_too_many_wait_a_single_event_is_refused_and_a_group_is_taken_whole()
    {
        for (var i = 0; i < 16 * PendingEvents.SoftLimit; i++)
            _pending.Add(FeedBench.Line("x"), null, Now);
        var count = _pending.Count;

        Assert.Throws<InvalidOperationException>(() => _pending.Add(FeedBench.Line("one too many"), null, Now));
        Assert.Equal(count, _pending.Count);

        // Whoever comes with a group has waited for room, and comes with one at a time.
        _pending.AddTogether([.. Enumerable.Range(0, 5000).Select(i => FeedBench.Line($"{i}"))], Now);
        Assert.Equal(count + 5000, _pending.Count);
    }
}

using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Events;

/// <summary>The beginning of an attempt waits for what comes next, so that one that is over in an instant is one commit.</summary>
public sealed class EventWriterHeldTests : IDisposable
{
    private readonly FeedBench _bench = new();
    private readonly Job _job;

    public EventWriterHeldTests() => _job = _bench.AddJob();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_held_event_is_committed_with_the_next_one()
    {
        using var writer = await _bench.OpenAsync(_job);

        Assert.True(writer.AppendHeld(new StartedEvent([])));
        Assert.Equal(0, _bench.Log.Appends);
        writer.AppendLast(FeedBench.Done(), job => job.Finish(JobState.Succeeded, DateTimeOffset.UnixEpoch), _ => { });
        await writer.FlushAsync().Soon();

        Assert.Equal(1, _bench.Log.Appends);
        Assert.Equal(["queued", "started", "done"], _bench.Log.Frames(_job.Id).Select(frame => frame.Type));
    }

    [Fact]
    public async Task A_held_event_is_committed_by_whoever_waits_for_it()
    {
        using var writer = await _bench.OpenAsync(_job);

        writer.AppendHeld(new StartedEvent([]));
        await writer.FlushAsync().Soon();

        Assert.Equal(2, _bench.Log.Frames(_job.Id).Count);
    }

    [Fact]
    public async Task A_held_event_is_shown_once_it_is_released()
    {
        using var watch = await _bench.WatchAsync(_job);
        using var writer = await _bench.OpenAsync(_job);

        writer.AppendHeld(new StartedEvent([]));
        writer.ReleaseHeld();
        await watch.Watcher.WaitAsync().AsTask().Soon();

        Assert.Equal(2, (await _bench.Feeds.FindAsync(_job.Id, CancellationToken.None))!.Snapshot.Seq);
        writer.ReleaseHeld();
        Assert.Equal(1, _bench.Log.Appends);
    }

    [Fact]
    public async Task A_held_event_is_not_lost_where_its_writer_goes()
    {
        using var watch = await _bench.WatchAsync(_job);

        using (var writer = await _bench.OpenAsync(_job))
            writer.AppendHeld(new StartedEvent([]));
        await watch.Watcher.WaitAsync().AsTask().Soon();

        Assert.Equal(2, _bench.Log.Frames(_job.Id).Count);
    }
}

using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Events;

public sealed class EventWriterLimitsTests : IDisposable
{
    private readonly FeedBench _bench = new();
    private readonly Job _job;

    public EventWriterLimitsTests() => _job = _bench.AddJob();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_handler_waits_for_room_once_1024_events_wait_for_the_disk()
    {
        using var writer = await _bench.OpenAsync(_job);
        _bench.Log.Hold();
        writer.Append(FeedBench.Line("in flight"));
        await _bench.Log.Arrived.Soon();

        for (var i = 0; i < PendingEvents.SoftLimit - 1; i++)
            writer.Append(FeedBench.Line("x"));
        Assert.True(writer.WaitForRoomAsync().AsTask().IsCompleted);
        writer.Append(FeedBench.Line("full"));
        var room = writer.WaitForRoomAsync().AsTask();
        Assert.False(room.IsCompleted);

        _bench.Log.Release();

        await room.Soon();
    }

    [Fact]
    public async Task A_handler_waits_for_room_also_where_its_events_are_few_and_large()
    {
        using var writer = await _bench.OpenAsync(_job);
        _bench.Log.Hold();
        writer.Append(FeedBench.Line("in flight"));
        await _bench.Log.Arrived.Soon();

        var large = new PartialEvent(0, null, true, new string('x', 3 * 1024 * 1024));
        writer.Append(large);
        writer.Append(large);
        Assert.True(writer.WaitForRoomAsync().AsTask().IsCompleted);
        writer.Append(large);
        var room = writer.WaitForRoomAsync().AsTask();
        Assert.False(room.IsCompleted);

        _bench.Log.Release();

        await room.Soon();
    }

    [Fact]
    public async Task A_handler_that_never_waits_is_refused_before_memory_runs_out_and_the_rest_still_fits()
    {
        using var writer = await _bench.OpenAsync(_job);
        _bench.Log.Hold();

        var taken = 0;
        Assert.Throws<InvalidOperationException>(() =>
        {
            for (; taken < 1_000_000; taken++)
                writer.Append(FeedBench.Line("x"));
        });
        Assert.InRange(taken, PendingEvents.SoftLimit, 20 * PendingEvents.SoftLimit);

        // Neither progress nor the end of the attempt is the handler's to hold back.
        for (var i = 0; i < 1000; i++)
            Assert.True(writer.Append(new ProgressEvent { Current = i }));
        Assert.True(writer.Append(FeedBench.Done(), j => j.Finish(JobState.Succeeded, j.CreatedAt)));
        _bench.Log.Release();
        await writer.FlushAsync().Soon();

        var log = _bench.Log.Frames(_job.Id);
        Assert.Equal(Enumerable.Range(1, taken + 3).Select(n => (long)n), log.Select(f => f.Seq));
        Assert.True(log[^1].IsDone);
        Assert.Equal(999, ((ProgressEvent)log[^2].Decode()).Current);
    }

    [Fact]
    public async Task An_unavailable_store_loses_nothing_and_leaves_no_gap()
    {
        var time = new ManualTime();
        using var bench = new FeedBench(time);
        var job = bench.AddJob();
        using var writer = await bench.OpenAsync(job);
        using var watch = await bench.WatchAsync(job);
        var failures = 0;
        bench.Log.Fault = _ => ++failures <= 3 ? new StorageUnavailableException("Disk full") : null;

        writer.Append(FeedBench.Line("first"));
        for (var i = 1; i <= 3; i++)
        {
            await Patience.UntilAsync(() => Volatile.Read(ref failures) == i && time.Armed > 0, "the append failed");
            writer.Append(FeedBench.Line($"after {i}"));
            Assert.Equal(0, watch.Watcher.Read(new EventFrame[1]));
            time.Advance(TimeSpan.FromMilliseconds(25 << i));
        }

        await writer.FlushAsync().Soon();
        Assert.Equal(
            ["first", "after 1", "after 2", "after 3"],
            bench.Log.Frames(job.Id).Skip(1).Select(f => ((LogEvent)f.Decode()).Message));
        Assert.False(writer.Lost.IsCancellationRequested);
        Assert.Equal(4, watch.Watcher.Read(new EventFrame[10]));
    }

    [Fact]
    public async Task A_writer_whose_job_another_attempt_took_over_is_lost_and_shows_nothing()
    {
        using var writer = await _bench.OpenAsync(_job);
        using var watch = await _bench.WatchAsync(_job);
        _bench.Log.Fence(_job.Id);

        writer.Append(FeedBench.Line("too late"));
        await writer.FlushAsync().Soon();

        await Patience.UntilAsync(() => writer.Lost.IsCancellationRequested, "the writer is lost");
        Assert.Null(writer.Failure);
        Assert.False(writer.Append(FeedBench.Line("never")));
        Assert.Equal(0, watch.Watcher.Read(new EventFrame[1]));
        Assert.Single(_bench.Log.Frames(_job.Id));
    }

    [Fact]
    public async Task A_defect_of_the_store_makes_the_writer_lost_and_says_why()
    {
        using var writer = await _bench.OpenAsync(_job);
        var defect = new InvalidDataException("Defect");
        _bench.Log.Fault = _ => defect;

        writer.Append(FeedBench.Line("x"));
        await writer.FlushAsync().Soon();

        await Patience.UntilAsync(() => writer.Lost.IsCancellationRequested, "the writer is lost");
        Assert.Same(defect, writer.Failure);
        await writer.WaitForRoomAsync().Soon();
    }
}

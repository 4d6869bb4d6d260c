using System.Text.Json;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Events;

public sealed class EventWriterTests : IDisposable
{
    private readonly FeedBench _bench = new();
    private readonly Job _job;

    public EventWriterTests() => _job = _bench.AddJob();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Events_of_many_threads_get_numbers_without_a_gap_and_one_commit_is_in_flight()
    {
        using var writer = await _bench.OpenAsync(_job);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                Assert.True(writer.Append(FeedBench.Line($"{thread}:{i}")));
                await writer.WaitForRoomAsync();
            }
        }))).Soon();
        await writer.FlushAsync().Soon();

        var frames = _bench.Log.Frames(_job.Id);
        Assert.Equal(Enumerable.Range(1, 1601).Select(n => (long)n), frames.Select(f => f.Seq));
        Assert.Equal(1, _bench.Log.MostInFlight);
        var lines = frames.Skip(1).Select(f => ((LogEvent)f.Decode()).Message.Split(':')).ToArray();
        foreach (var thread in lines.GroupBy(l => l[0]))
            Assert.Equal(Enumerable.Range(0, 200).Select(n => $"{n}"), thread.Select(l => l[1]));
    }

    [Fact]
    public async Task An_event_is_placed_by_the_writer()
    {
        var time = new ManualTime();
        using var bench = new FeedBench(time);
        var job = bench.AddJob();
        using var writer = await bench.OpenAsync(job);
        time.Advance(TimeSpan.FromMilliseconds(1500));

        writer.Append(FeedBench.Line("x"));
        await writer.FlushAsync().Soon();

        var placed = bench.Log.Frames(job.Id)[1].Decode();
        Assert.Equal((job.Id, 2L, 1, 1500L, time.GetUtcNow()), (placed.JobId, placed.Seq, placed.Attempt, placed.ElapsedMs, placed.At));
    }

    [Fact]
    public async Task Nobody_sees_an_event_before_it_is_committed()
    {
        using var writer = await _bench.OpenAsync(_job);
        using var watch = await _bench.WatchAsync(_job);
        var (owner, _) = _bench.Owners.Watch("ann", null, inline: false);
        using var disposing = owner;
        var frames = new EventFrame[10];
        _bench.Log.Hold();

        writer.Append(FeedBench.Line("held"));
        await _bench.Log.Arrived.Soon();

        var wait = watch.Watcher.WaitAsync().AsTask();
        Assert.False(wait.IsCompleted);
        Assert.Equal(0, await watch.ReadAsync(frames, CancellationToken.None));
        Assert.Equal(0, owner.Read(frames));
        Assert.Equal(1, (await _bench.Feeds.FindAsync(_job.Id, CancellationToken.None))!.Snapshot.Seq);
        Assert.Equal(2, writer.Draft.Seq);

        _bench.Log.Release();

        await wait.Soon();
        Assert.Equal(1, await watch.ReadAsync(frames, CancellationToken.None));
        Assert.Equal(2, frames[0].Seq);
        await writer.FlushAsync().Soon();
        Assert.Equal(1, owner.Read(frames));
    }

    [Fact]
    public async Task Progress_that_waits_for_the_disk_is_superseded_by_the_next_and_only_by_that()
    {
        using var writer = await _bench.OpenAsync(_job);
        _bench.Log.Hold();
        writer.Append(FeedBench.Line("in flight"));
        await _bench.Log.Arrived.Soon();

        writer.Append(new ProgressEvent { Current = 1 });
        writer.Append(new ProgressEvent { Current = 2 });
        writer.Append(FeedBench.Line("between"));
        writer.Append(new ProgressEvent { Current = 3 });
        writer.Append(new ProgressEvent { Current = 4 });
        _bench.Log.Release();
        await writer.FlushAsync().Soon();

        var log = _bench.Log.Frames(_job.Id).Select(f => f.Decode()).ToArray();
        Assert.Equal([1, 2, 3, 4, 5], log.Select(e => e.Seq));
        Assert.Equal(2, ((ProgressEvent)log[2]).Current);
        Assert.Equal("between", ((LogEvent)log[3]).Message);
        Assert.Equal(4, ((ProgressEvent)log[4]).Current);
    }

    [Fact]
    public async Task Progress_whose_commit_is_under_way_is_not_replaced()
    {
        using var writer = await _bench.OpenAsync(_job);
        _bench.Log.Hold();
        writer.Append(new ProgressEvent { Current = 1 });
        await _bench.Log.Arrived.Soon();
        writer.Append(new ProgressEvent { Current = 2 });
        _bench.Log.Release();
        await writer.FlushAsync().Soon();

        Assert.Equal([1, 2], _bench.Log.Frames(_job.Id).Skip(1).Select(f => ((ProgressEvent)f.Decode()).Current));
    }

    [Fact]
    public async Task An_event_that_cannot_be_encoded_is_the_callers_mistake_and_takes_no_number()
    {
        using var writer = await _bench.OpenAsync(_job);

        Assert.ThrowsAny<Exception>(() => writer.Append(new PartialEvent(0, null, true, Data: default(JsonElement))));
        writer.Append(FeedBench.Line("next"));
        await writer.FlushAsync().Soon();

        Assert.False(writer.Lost.IsCancellationRequested);
        Assert.Equal([1, 2], _bench.Log.Frames(_job.Id).Select(f => f.Seq));
        Assert.Equal(0, writer.Draft.Partials.Ok);
    }

    [Fact]
    public async Task Flushing_waits_for_what_was_appended_and_not_for_what_comes_after()
    {
        using var writer = await _bench.OpenAsync(_job);
        _bench.Log.Hold();
        writer.Append(FeedBench.Line("first"));
        var flush = writer.FlushAsync();
        await _bench.Log.Arrived.Soon();
        writer.Append(FeedBench.Line("second"));
        _bench.Log.Fault = append => append.Frames[0].Seq > 2 ? new StorageUnavailableException("Disk full") : null;
        Assert.False(flush.IsCompleted);

        _bench.Log.Release();

        await flush.Soon();
        Assert.Equal(2, _bench.Log.Frames(_job.Id).Count);
        _bench.Log.Fault = null;
        await writer.FlushAsync().Soon();
        Assert.Equal(3, _bench.Log.Frames(_job.Id).Count);
    }

    [Fact]
    public async Task What_is_flushed_is_shown()
    {
        using var writer = await _bench.OpenAsync(_job);
        using var watch = await _bench.WatchAsync(_job);
        var frames = new EventFrame[1];

        for (var seq = 2; seq < 500; seq++)
        {
            writer.Append(FeedBench.Line("x"));
            await writer.FlushAsync().Soon();
            Assert.Equal(1, watch.Watcher.Read(frames));
            Assert.Equal(seq, frames[0].Seq);
        }
    }

    [Fact]
    public async Task The_end_reaches_a_watcher_without_waiting_for_the_tick()
    {
        using var bench = new FeedBench(new ManualTime());
        var job = bench.AddJob();
        using var writer = await bench.OpenAsync(job);
        using var watch = await bench.WatchAsync(job);
        var woken = watch.Watcher.WaitAsync().AsTask();
        writer.Append(FeedBench.Line("x"));
        await woken.Soon();
        watch.Watcher.Read(new EventFrame[1]);
        var wait = watch.Watcher.WaitAsync().AsTask();
        writer.Append(FeedBench.Line("y"));
        await writer.FlushAsync().Soon();
        Assert.False(wait.IsCompleted);

        writer.Append(FeedBench.Done(), j => j.Finish(JobState.Succeeded, j.CreatedAt));

        await wait.Soon();
    }

    [Fact]
    public async Task Nothing_follows_the_end()
    {
        using var writer = await _bench.OpenAsync(_job);

        Assert.True(writer.Append(FeedBench.Done(), j => j.Finish(JobState.Succeeded, j.CreatedAt)));

        Assert.False(writer.Append(FeedBench.Line("after")));
        Assert.False(writer.Append(FeedBench.Done()));
        await writer.FlushAsync().Soon();
        Assert.Equal(["queued", "done"], _bench.Log.Frames(_job.Id).Select(f => f.Type));
    }

    [Fact]
    public async Task Nothing_of_an_attempt_follows_its_way_back_to_the_queue()
    {
        using var writer = await _bench.OpenAsync(_job);

        Assert.True(writer.Append(new RetryingEvent("Busy", 0), j => j.Requeue(null, false)));

        Assert.False(writer.Append(new CancelingEvent()));
    }

    [Fact]
    public async Task A_refused_transition_leaves_the_writer_as_it_was()
    {
        using var writer = await _bench.OpenAsync(_job);

        Assert.Throws<InvalidJobTransitionException>(() => writer.Append(new CancelingEvent(), j => j.Resume()));
        writer.Append(FeedBench.Line("next"));
        await writer.FlushAsync().Soon();

        Assert.Equal(JobState.Running, writer.Job.State);
        Assert.Equal(2, _bench.Log.Frames(_job.Id).Count);
    }

    [Fact]
    public async Task The_next_writer_waits_until_the_last_commit_of_the_one_before_is_shown()
    {
        var first = await _bench.OpenAsync(_job);
        _bench.Log.Hold();
        first.Append(FeedBench.Line("first"));
        await _bench.Log.Arrived.Soon();
        first.Dispose();

        var opening = _bench.OpenAsync(_job);
        await Task.Yield();
        _bench.Log.Release();
        using var second = await opening.Soon();
        second.Append(FeedBench.Line("second"));
        await second.FlushAsync().Soon();

        Assert.False(second.Lost.IsCancellationRequested);
        Assert.Equal([1, 2, 3], _bench.Log.Frames(_job.Id).Select(f => f.Seq));
    }

    [Fact]
    public async Task A_job_that_is_gone_opens_no_writer_and_leaves_the_log_free()
    {
        var lease = await _bench.Feeds.AcquireAsync(_job.Id, follow: false, CancellationToken.None);

        Assert.Null(await EventWriter.OpenAsync(
            lease!, _bench.Log, () => ValueTask.FromResult<Job?>(null), TimeProvider.System, Timeout.InfiniteTimeSpan, CancellationToken.None));
        await Assert.ThrowsAsync<InvalidDataException>(async () => await EventWriter.OpenAsync(
            (await _bench.Feeds.AcquireAsync(_job.Id, follow: false, CancellationToken.None))!, _bench.Log,
            () => throw new InvalidDataException(), TimeProvider.System, Timeout.InfiniteTimeSpan, CancellationToken.None));

        (await _bench.OpenAsync(_job)).Dispose();
    }
}

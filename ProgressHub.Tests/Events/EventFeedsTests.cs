using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Events;

public sealed class EventFeedsTests : IDisposable
{
    private readonly FeedBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_job_that_does_not_exist_has_no_feed()
    {
        Assert.Null(await _bench.Feeds.WatchAsync(JobId.New(), null, inline: false, CancellationToken.None));
        Assert.Null(await _bench.Feeds.WatchAsync(JobId.New(), null, CancellationToken.None));
        Assert.Null(await _bench.Feeds.FindAsync(JobId.New(), CancellationToken.None));
    }

    [Fact]
    public async Task A_feed_is_shared_while_anybody_has_it_and_read_anew_after()
    {
        var job = _bench.AddJob();
        var first = await _bench.WatchAsync(job);
        var second = await _bench.WatchAsync(job);
        Assert.Equal((1, 2), (_bench.Log.SnapshotReads, _bench.Feeds.WatcherCount));

        first.Dispose();
        first.Dispose();
        using (await _bench.WatchAsync(job))
            Assert.Equal(1, _bench.Log.SnapshotReads);
        second.Dispose();
        Assert.Equal(0, _bench.Feeds.WatcherCount);

        using var third = await _bench.WatchAsync(job);
        Assert.Equal(2, _bench.Log.SnapshotReads);
    }

    [Fact]
    public async Task A_snapshot_that_went_stale_while_it_was_read_is_not_used()
    {
        var job = _bench.AddJob();
        var interfered = false;
        _bench.Log.AfterSnapshotRead = async () =>
        {
            if (interfered)
                return;
            interfered = true;

            // Another feed comes, takes the log further, and goes.
            using var writer = await _bench.OpenAsync(job);
            writer.Append(FeedBench.Line("meanwhile"));
            await writer.FlushAsync();
        };

        using var watch = await _bench.WatchAsync(job);

        Assert.Equal(2, watch.Snapshot.Seq);
        Assert.Equal(0, watch.Watcher.Read(new EventFrame[1]));
    }

    [Fact]
    public async Task Feeds_of_other_jobs_that_come_and_go_do_not_make_one_start_over()
    {
        var job = _bench.AddJob();
        var reads = 0;
        _bench.Log.AfterSnapshotRead = async () =>
        {
            if (Interlocked.Increment(ref reads) == 1)
                (await _bench.WatchAsync(_bench.AddJob())).Dispose();
        };

        using var watch = await _bench.WatchAsync(job);

        Assert.Equal(2, reads); // The other's, and one of its own.
    }

    [Fact]
    public async Task A_watch_that_fails_to_open_leaves_nothing_behind()
    {
        var job = _bench.AddJob();
        using (var writer = await _bench.OpenAsync(job))
        {
            writer.Append(FeedBench.Line("x"));
            await writer.FlushAsync().Soon();
        }

        using (var keeper = await _bench.WatchAsync(job))
        {
            _bench.Log.Remove(job.Id);
            await Assert.ThrowsAsync<EventsGoneException>(() => _bench.WatchAsync(job, 1));
            Assert.Equal(1, _bench.Feeds.WatcherCount);
        }

        Assert.Equal(0, _bench.Feeds.WatcherCount);
        Assert.Null(await _bench.Feeds.FindAsync(job.Id, CancellationToken.None));
    }

    [Fact]
    public async Task A_job_that_has_ended_is_looked_up_in_the_store_so_that_a_purge_is_seen_at_once()
    {
        var job = _bench.AddJob();
        using var watch = await _bench.WatchAsync(job);
        using (var writer = await _bench.OpenAsync(job))
        {
            writer.Append(FeedBench.Done(), j => j.Finish(JobState.Succeeded, j.CreatedAt));
            await writer.FlushAsync().Soon();
        }

        Assert.True((await _bench.Feeds.FindAsync(job.Id, CancellationToken.None))!.Snapshot.IsFinal);
        _bench.Log.Remove(job.Id);

        Assert.Null(await _bench.Feeds.FindAsync(job.Id, CancellationToken.None));
    }

    [Fact]
    public async Task Watching_a_job_that_has_ended_gives_its_end()
    {
        var job = await EndedJobAsync(lines: 3);

        var follow = await _bench.Feeds.WatchAsync(job.Id, null, CancellationToken.None);

        Assert.Equal(4, follow!.Snapshot.Seq);
        Assert.False(follow.Snapshot.IsFinal);
        Assert.Equal(["done"], (await ReadAllAsync(follow)).Select(e => e.Type));
        Assert.Equal(0, _bench.Feeds.WatcherCount);
    }

    [Fact]
    public async Task Watching_from_the_end_on_says_at_once_that_there_is_nothing_left()
    {
        var job = await EndedJobAsync(lines: 3);

        using var watch = await _bench.WatchAsync(job, after: 5);

        Assert.True(watch.IsComplete);
        Assert.True(watch.Snapshot.IsFinal);
    }

    [Theory, InlineData(-1L), InlineData(6L), InlineData(long.MaxValue), InlineData(long.MinValue)]
    public async Task A_cursor_the_log_has_not_reached_is_none(long after)
    {
        var job = await EndedJobAsync(lines: 3);

        var follow = await _bench.Feeds.WatchAsync(job.Id, after, CancellationToken.None);

        Assert.Equal([5L], (await ReadAllAsync(follow!)).Select(e => e.Seq));
    }

    [Fact]
    public async Task A_watcher_of_a_purged_job_is_told_that_it_is_gone()
    {
        var job = await EndedJobAsync(lines: 3);
        var follow = await _bench.Feeds.WatchAsync(job.Id, 0, CancellationToken.None);
        _bench.Log.Remove(job.Id);

        await Assert.ThrowsAsync<EventsGoneException>(() => ReadAllAsync(follow!));
        Assert.Equal(0, _bench.Feeds.WatcherCount);
    }

    [Fact]
    public async Task Giving_up_a_follow_that_waits_ends_it_and_lets_the_feed_go()
    {
        var job = _bench.AddJob();
        using var cancel = new CancellationTokenSource();
        var follow = await _bench.Feeds.WatchAsync(job.Id, null, cancel.Token);
        var reading = ReadAllAsync(follow!);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.Soon());
        Assert.Equal(0, _bench.Feeds.WatcherCount);
    }

    [Fact]
    public async Task Catching_up_from_the_log_never_runs_ahead_of_what_is_shown()
    {
        var job = _bench.AddJob();
        using var writer = await _bench.OpenAsync(job);
        var large = new PartialEvent(0, null, true, new string('x', FrameRing.MaxBytes));
        writer.Append(large);
        writer.Append(large);
        await writer.FlushAsync().Soon();
        using var watch = await _bench.WatchAsync(job, after: 0);
        var frames = new EventFrame[10];

        // On disk, but its commit is not acknowledged yet.
        var next = EventFrame.Encode(FeedBench.Line("x") with { JobId = job.Id, Seq = 4 }, null);
        await _bench.Log.AppendAsync(new LogAppend(job, [next], writer.Draft), CancellationToken.None);

        Assert.Equal(3, await watch.ReadAsync(frames, CancellationToken.None));
        Assert.Equal(3, watch.Cursor);
    }

    private static async Task<List<JobEvent>> ReadAllAsync(JobFollow follow)
    {
        var events = new List<JobEvent>();
        await foreach (var next in follow.Events)
            events.Add(next);
        return events;
    }

    private async Task<Job> EndedJobAsync(int lines)
    {
        var job = _bench.AddJob();
        using var writer = await _bench.OpenAsync(job);
        for (var i = 0; i < lines; i++)
            writer.Append(FeedBench.Line("x"));
        writer.Append(FeedBench.Done(), j => j.Finish(JobState.Succeeded, j.CreatedAt));
        await writer.FlushAsync().Soon();
        return job;
    }
}

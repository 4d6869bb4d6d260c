using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Events;

/// <summary>Two nodes on one log: one writes, the other has the watchers, and what goes between them may be lost or late (I1, I7).</summary>
public sealed class RelayedEventsTests : IDisposable
{
    private readonly RecordingRelay _sender = new();
    private readonly RecordingRelay _receiver = new();
    private readonly FeedBench _there;
    private readonly FeedBench _here;
    private readonly Job _job;

    public RelayedEventsTests()
    {
        _there = new FeedBench(relay: _sender);
        _here = new FeedBench(relay: _receiver, log: _there.Log);
        _job = _there.AddJob();
    }

    public void Dispose()
    {
        _there.Dispose();
        _here.Dispose();
    }

    [Fact]
    public async Task Others_are_asked_for_events_before_the_state_is_read()
    {
        var readsBefore = -1;
        _receiver.OnWatch = () => readsBefore = _there.Log.SnapshotReads;

        using var first = await _here.WatchAsync(_job);
        using var second = await _here.WatchAsync(_job);

        Assert.Equal(0, readsBefore);
        Assert.Equal([_job.Id], _receiver.Watched);
    }

    [Fact]
    public async Task What_a_writer_commits_is_sent_once_and_shown_there()
    {
        using var watch = await _here.WatchAsync(_job);
        await WriteAsync("a", "b");

        Deliver(_sender.Sent);

        Assert.Equal([2, 3], Seen(watch));
        Assert.Equal(3, _here.Feeds.Find(_job.Id)!.Snapshot.Seq);
        Assert.Equal(0, _there.Log.EventsRead);
    }

    [Fact]
    public async Task What_comes_twice_is_shown_once()
    {
        using var watch = await _here.WatchAsync(_job);
        await WriteAsync("a", "b");

        Deliver(_sender.Sent);
        Deliver(_sender.Sent);
        Deliver([_sender.Sent[0]]);

        Assert.Equal([2, 3], Seen(watch));
    }

    [Fact]
    public async Task What_is_missing_is_read_from_the_log()
    {
        using var watch = await _here.WatchAsync(_job);
        await WriteAsync("a", "b", "c");

        Deliver([_sender.Sent[2]]);

        await Patience.UntilAsync(() => _here.Feeds.Find(_job.Id)!.Snapshot.Seq == 4, "the gap was filled");
        Assert.Equal([2, 3, 4], Seen(watch));
    }

    [Fact]
    public async Task A_stream_of_all_jobs_that_missed_a_message_is_told_from_the_store()
    {
        using var watcher = _here.Owners.Watch(_job.Owner, null, inline: false).Watcher;

        await LookAsync();
        Assert.Empty(ReadAll(watcher));

        await WriteAsync("a");
        Deliver(_sender.Sent);
        await LookAsync();
        await LookAsync();
        Assert.Equal([2], ReadAll(watcher));

        // Nobody hears of the next one. At first it may be on its way.
        await WriteAsync("b");
        await LookAsync();
        Assert.Empty(ReadAll(watcher));
        await LookAsync();
        AssertMissed(watcher);
        await LookAsync();
        Assert.Empty(ReadAll(watcher));

        // Nor of this one, and a later one tells so.
        await WriteAsync("c", "d");
        Deliver([_sender.Sent[^1]]);
        Deliver([_sender.Sent[^1]]);
        AssertMissed(watcher);
        Assert.Empty(ReadAll(watcher));
    }

    [Fact]
    public async Task A_job_that_ended_before_the_others_knew_of_a_stream_of_all_jobs_is_not_missing_on_it()
    {
        using var watcher = _here.Owners.Watch(_job.Owner, null, inline: false).Watcher;
        using (var writer = await _there.OpenAsync(_job))
        {
            writer.Append(FeedBench.Done(), job => job.Finish(JobState.Succeeded, _there.Time.GetUtcNow()));
            await writer.FlushAsync();
        }

        await LookAsync();

        AssertMissed(watcher);
        await LookAsync();
        Assert.Empty(ReadAll(watcher));
    }

    [Fact]
    public async Task What_overtakes_is_shown_in_its_turn()
    {
        using var watch = await _here.WatchAsync(_job);
        await WriteAsync("a", "b", "c", "d");

        Deliver([_sender.Sent[3]]);
        Deliver([_sender.Sent[1], _sender.Sent[2]]);
        Deliver([_sender.Sent[0]]);

        await Patience.UntilAsync(() => _here.Feeds.Find(_job.Id)!.Snapshot.Seq == 5, "all came");
        Assert.Equal([2, 3, 4, 5], Seen(watch));
    }

    [Fact]
    public async Task What_nobody_told_of_is_found_at_the_end_of_the_log()
    {
        using var watch = await _here.WatchAsync(_job);
        await WriteAsync("a", "b");

        await _here.Relayed.CatchUpAsync(CancellationToken.None);

        await Patience.UntilAsync(() => _here.Feeds.Find(_job.Id)!.Snapshot.Seq == 3, "the look came upon it");
        Assert.Equal([2, 3], Seen(watch));
    }

    [Fact]
    public async Task An_end_that_another_node_wrote_ends_the_watch()
    {
        using var watch = await _here.WatchAsync(_job);
        using (var writer = await _there.OpenAsync(_job))
        {
            writer.Append(FeedBench.Done(), job => job.Finish(JobState.Succeeded, _there.Time.GetUtcNow()));
            await writer.FlushAsync();
        }

        Deliver(_sender.Sent);

        Assert.Equal([2], Seen(watch));
        Assert.True(_here.Feeds.Find(_job.Id)!.Snapshot.IsFinal);
    }

    [Fact]
    public async Task Who_writes_after_another_node_goes_on_from_its_events()
    {
        using var watch = await _here.WatchAsync(_job);
        await WriteAsync("there");

        using (var writer = await OpenHereAsync())
        {
            writer.Append(FeedBench.Line("here"));
            await writer.FlushAsync();
            Assert.False(writer.Lost.IsCancellationRequested);
        }

        Assert.Equal([2, 3], Seen(watch));
        Assert.Equal([1, 2, 3], _there.Log.Frames(_job.Id).Select(f => f.Seq));
    }

    [Fact]
    public async Task A_late_write_is_fenced_and_its_node_shows_what_the_other_wrote()
    {
        using var watch = await _there.WatchAsync(_job);
        using (var late = await _there.OpenAsync(_job))
        {
            using (var writer = await OpenHereAsync())
            {
                writer.Append(FeedBench.Line("taken over"));
                await writer.FlushAsync();
            }

            late.Append(FeedBench.Line("late"));
            await late.FlushAsync();
            Assert.True(late.Lost.IsCancellationRequested);
        }

        await _there.Relayed.CatchUpAsync(CancellationToken.None);

        await Patience.UntilAsync(() => _there.Feeds.Find(_job.Id)!.Snapshot.Seq == 2, "the look came upon it");
        Assert.Equal([2], Seen(watch));
        Assert.DoesNotContain("late", System.Text.Encoding.UTF8.GetString(_there.Log.Frames(_job.Id)[1].Json.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_watcher_who_comes_to_a_log_that_is_written_here_waits_for_its_writer()
    {
        using var writer = await _there.OpenAsync(_job);
        writer.Append(FeedBench.Line("a"));
        await writer.FlushAsync();

        using var watch = await _there.WatchAsync(_job);
        writer.Append(FeedBench.Line("b"));
        await writer.FlushAsync();

        Assert.Equal(2, watch.Snapshot.Seq);
        Assert.Equal([3], Seen(watch));
    }

    private async Task WriteAsync(params string[] lines)
    {
        using var writer = await _there.OpenAsync(_job);
        foreach (var line in lines)
            writer.Append(FeedBench.Line(line));
        await writer.FlushAsync();
    }

    /// <summary>As <see cref="Core.Execution.JobLogs"/> opens a log that others write to as well.</summary>
    private async Task<EventWriter> OpenHereAsync()
    {
        var lease = await _here.Feeds.AcquireAsync(_job.Id, follow: false, CancellationToken.None).Soon();
        return (await EventWriter.OpenAsync(
            lease!, _here.Log,
            async () =>
            {
                await _here.Feeds.CatchUpAsync(lease!, CancellationToken.None);
                return _here.Log.Find(_job.Id);
            },
            _here.Time, Timeout.InfiniteTimeSpan, CancellationToken.None).Soon())!;
    }

    private void Deliver(IReadOnlyList<EventFrame> frames) => _here.Relayed.Receive(_job.Owner, frames);

    private static long[] Seen(JobWatch watch)
    {
        var frames = new EventFrame[16];
        var count = watch.Watcher.Read(frames);
        return [.. frames.Take(count).Select(f => f.Seq)];
    }

    private Task LookAsync() => _here.Relayed.CatchUpAsync(CancellationToken.None);

    private static List<long> ReadAll(FeedWatcher watcher)
    {
        var frames = new EventFrame[8];
        var count = watcher.Read(frames);
        Assert.True(count >= 0, "The watcher has missed something.");
        return [.. frames[..count].Select(frame => frame.Seq)];
    }

    /// <summary>Asserts that a watcher is sent to the store, and lets it go on from the present.</summary>
    private void AssertMissed(FeedWatcher watcher)
    {
        Assert.Equal(-1, watcher.Read(new EventFrame[8]));
        watcher.Cursor = _here.Owners.Last(_job.Owner);
    }
}

using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Events;

/// <summary>
/// Two nodes on one log, and a client that goes from one to the other: what the first has acknowledged, the second shows, whatever
/// became of the messages between them (I1).
/// </summary>
public sealed class SharedLogReadsTests : IDisposable
{
    private readonly RecordingRelay _sender = new();
    private readonly FeedBench _there;
    private readonly FeedBench _here;
    private readonly Job _job;

    public SharedLogReadsTests()
    {
        _there = new FeedBench(relay: _sender);
        _here = new FeedBench(relay: new RecordingRelay(), log: _there.Log);
        _job = _there.AddJob();
    }

    public void Dispose()
    {
        _there.Dispose();
        _here.Dispose();
    }

    [Fact]
    public async Task A_state_that_is_asked_for_is_that_of_the_log_while_the_relay_is_silent()
    {
        using var watch = await _here.WatchAsync(_job);
        await WriteAsync("a", "b");

        Assert.Equal(3, await FindHereAsync());
    }

    [Fact]
    public async Task An_end_that_was_never_sent_is_in_the_next_answer()
    {
        using var watch = await _here.WatchAsync(_job);
        await WriteAsync("a");
        Deliver(_sender.Sent);
        using (var writer = await _there.OpenAsync(_job))
        {
            writer.Append(FeedBench.Done(), job => job.Finish(JobState.Succeeded, _there.Time.GetUtcNow()));
            await writer.FlushAsync();
        }

        Assert.True((await _here.Feeds.FindAsync(_job.Id, CancellationToken.None))!.Snapshot.IsFinal);
    }

    [Fact]
    public async Task A_state_behind_a_gap_is_that_of_the_log()
    {
        using var watch = await _here.WatchAsync(_job);
        await WriteAsync("a", "b", "c", "d");

        Deliver([_sender.Sent[0]]);
        Deliver([_sender.Sent[0]]);

        Assert.Equal(5, await FindHereAsync());
    }

    [Fact]
    public async Task A_feed_that_is_current_answers_without_reading_its_state_again()
    {
        using var watch = await _here.WatchAsync(_job);
        await WriteAsync("a", "b");
        Deliver(_sender.Sent);
        var reads = _there.Log.SnapshotReads;

        Assert.Equal(3, await FindHereAsync());
        Assert.Equal(reads, _there.Log.SnapshotReads);
    }

    [Fact]
    public async Task A_watcher_who_saw_more_at_another_node_goes_on_where_it_was()
    {
        using var first = await _here.WatchAsync(_job);
        await WriteAsync("a", "b");

        using var second = await _here.WatchAsync(_job, after: 3);
        await WriteAsync("c");
        Deliver([_sender.Sent[^1]]);

        Assert.Equal(3, second.Snapshot.Seq);
        Assert.Equal([4], Seen(second));
        Assert.Equal([2, 3, 4], Seen(first));
    }

    [Fact]
    public async Task A_watcher_in_the_middle_of_a_log_sees_the_rest_once_also_behind_a_silent_relay()
    {
        using var first = await _here.WatchAsync(_job);
        await WriteAsync("a", "b", "c");

        using var second = await _here.WatchAsync(_job, after: 2);

        long[] rest = await RestAsync(second, upTo: 4);
        Assert.Equal([3, 4], rest);
        Deliver(_sender.Sent);
        Assert.Empty(Seen(second));
        Assert.Equal([2, 3, 4], Seen(first));
    }

    [Fact]
    public async Task A_job_that_is_purged_elsewhere_is_gone_here_though_its_feed_is_open()
    {
        using var watch = await _here.WatchAsync(_job);
        _there.Log.Remove(_job.Id);

        Assert.Null(await _here.Feeds.FindAsync(_job.Id, CancellationToken.None));
    }

    private async Task<long> FindHereAsync() => (await _here.Feeds.FindAsync(_job.Id, CancellationToken.None))!.Snapshot.Seq;

    private async Task WriteAsync(params string[] lines)
    {
        using var writer = await _there.OpenAsync(_job);
        foreach (var line in lines)
            writer.Append(FeedBench.Line(line));
        await writer.FlushAsync();
    }

    private void Deliver(IReadOnlyList<EventFrame> frames) => _here.Relayed.Receive(_job.Owner, frames);

    private static async Task<long[]> RestAsync(JobWatch watch, long upTo)
    {
        List<long> seen = [];
        var frames = new EventFrame[16];
        while (watch.Cursor < upTo)
        {
            var count = await watch.ReadAsync(frames, CancellationToken.None);
            seen.AddRange(frames.Take(count).Select(f => f.Seq));
        }

        return [.. seen];
    }

    private static long[] Seen(JobWatch watch)
    {
        var frames = new EventFrame[16];
        var count = watch.Watcher.Read(frames);
        return [.. frames.Take(count).Select(f => f.Seq)];
    }
}

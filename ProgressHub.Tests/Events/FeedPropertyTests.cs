using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Events;

/// <summary>
/// I1 and I7 under random schedules: whoever joins whenever, with whatever cursor, however often they drop and come
/// back, sees exactly the events after their cursor, once and in order, and a snapshot that is the fold up to it.
/// </summary>
public sealed class FeedPropertyTests
{
    [Theory]
    [InlineData(1, 300, 10), InlineData(2, 300, 10), InlineData(3, 4000, 10), InlineData(4, 60, 40_000), InlineData(5, 3, 10)]
    [InlineData(6, 1200, 3000)]
    public async Task Every_watcher_sees_every_event_after_its_cursor_once_and_in_order(int seed, int events, int size)
    {
        using var bench = new FeedBench();
        var job = bench.AddJob();
        bench.Log.Asynchronous = seed % 2 == 0;
        var watchers = Enumerable.Range(0, 12)
            .Select(n => Task.Run(() => WatchUntilDoneAsync(bench, job, new Random((seed * 100) + n)))).ToArray();

        using (var writer = await bench.OpenAsync(job))
            await WriteAsync(writer, new Random(seed), events, size).Soon();

        var seen = await Task.WhenAll(watchers).Soon();
        var late = await WatchUntilDoneAsync(bench, job, new Random(seed)).Soon();
        var log = bench.Log.Frames(job.Id);
        Assert.True(log[^1].IsDone);
        Assert.All(seen.Append(late), s => AssertSawAll(job, log, s));
        Assert.Equal(0, bench.Feeds.WatcherCount);
    }

    private static async Task WriteAsync(EventWriter writer, Random random, int events, int size)
    {
        for (var i = 0; i < events; i++)
        {
            writer.Append(random.Next(5) switch
            {
                0 => new ProgressEvent { Fraction = i / (double)events, Current = i },
                1 => new PartialEvent(i, events, random.Next(4) > 0, new string('x', random.Next(size))),
                2 => new StageEvent("one", "One", 1, 1),
                _ => FeedBench.Line($"{i}"),
            });
            if (random.Next(20) == 0)
                await writer.FlushAsync();
            else if (random.Next(5) == 0)
                await Task.Yield();
        }

        writer.Append(FeedBench.Done(), j => j.Finish(JobState.Succeeded, j.CreatedAt));
        await writer.FlushAsync();
    }

    private static async Task<Seen> WatchUntilDoneAsync(FeedBench bench, Job job, Random random)
    {
        long? cursor = random.Next(3) switch { 0 => null, 1 => 0, _ => random.Next(1, 3) };
        JobSnapshot? first = null;
        List<EventFrame> frames = [];
        while (true)
        {
            using var watch = await bench.WatchAsync(job, cursor);
            if (first is null)
                first = watch.Snapshot;
            else
                Assert.Equal(cursor, watch.Snapshot.Seq);
            var most = random.Next(4) == 0 ? int.MaxValue : random.Next(1, 400);
            if (await ReadAsync(watch, frames, random, most))
                return new Seen(first, frames);
            cursor = watch.Cursor;
        }
    }

    /// <summary>True at the end; false where it dropped after about so many frames.</summary>
    private static async Task<bool> ReadAsync(JobWatch watch, List<EventFrame> frames, Random random, int most)
    {
        var target = new EventFrame[random.Next(1, 64)];
        for (var read = 0; read < most;)
        {
            if (watch.IsComplete)
                return true;
            var count = await watch.ReadAsync(target, CancellationToken.None);
            frames.AddRange(target.AsSpan(0, count));
            read += count;
            if (count == 0)
                await watch.Watcher.WaitAsync();
            else if (random.Next(10) == 0)
                await Task.Yield();
        }

        return watch.IsComplete;
    }

    private static void AssertSawAll(Job job, IReadOnlyList<EventFrame> log, Seen seen)
    {
        var from = seen.Snapshot.Seq;
        Assert.Equal(log.Where(f => f.Seq > from).Select(f => f.Seq), seen.Frames.Select(f => f.Seq));
        Assert.All(seen.Frames, f => Assert.Equal(log[(int)f.Seq - 1].Sse.ToArray(), f.Sse.ToArray()));

        var fold = JobSnapshot.Empty(job.Id, job.CreatedAt) with { Kind = job.Kind, Title = job.Title };
        fold = log.Where(f => f.Seq <= from).Aggregate(fold, (state, f) => state.Apply(f.Decode()));
        Assert.Equal(EventJson.Serialize(fold), EventJson.Serialize(seen.Snapshot));
    }

    private sealed record Seen(JobSnapshot Snapshot, List<EventFrame> Frames);
}

using ProgressHub.Core.Events;

namespace ProgressHub.Tests.Storage;

/// <summary>Reading: after a cursor, in order, while others write.</summary>
public abstract partial class EventLogContract
{
    [Fact]
    public async Task Events_are_read_in_pages_after_a_cursor()
    {
        var job = await StartedAsync();
        await CommitAsync(job.Append([.. Enumerable.Range(0, 8).Select(i => Step(i))]));

        Assert.Equal([1, 2, 3, 4], await SeqsAsync(0, 4));
        Assert.Equal([5, 6, 7, 8], await SeqsAsync(4, 4));
        Assert.Equal([9, 10], await SeqsAsync(8, 4));
        Assert.Empty(await SeqsAsync(10, 4));
        Assert.Empty(await SeqsAsync(long.MaxValue, 4));
        Assert.Empty(await SeqsAsync(0, 0));

        async Task<IEnumerable<long>> SeqsAsync(long after, int limit) =>
            (await Log.ReadAsync(job.Id, after, limit, None)).Select(frame => frame.Seq);
    }

    [Fact]
    public async Task The_latest_partial_of_each_index_is_read_in_order_of_index()
    {
        var job = await StartedAsync();
        await CommitAsync(job.Append(
            new PartialEvent(7, null, true, "seven"), new PartialEvent(0, null, false, Error: "no"),
            new PartialEvent(3, null, true, "three"), Step(1), new PartialEvent(0, null, true, "zero")));

        Assert.Equal([(0, "zero"), (3, "three"), (7, "seven")], await PartialsAsync(-1, 10));
        Assert.Equal([(0, "zero"), (3, "three")], await PartialsAsync(-1, 2));
        Assert.Equal([(7, "seven")], await PartialsAsync(3, 10));
        Assert.Empty(await PartialsAsync(7, 10));

        async Task<IEnumerable<(int?, string?)>> PartialsAsync(int after, int limit) =>
            (await Log.ReadPartialsAsync(job.Id, after, limit, None))
                .Select(frame => (frame.Item, ((PartialEvent)frame.Decode()).Text));
    }

    [Fact]
    public async Task Partials_since_a_cursor_come_in_order_of_seq_whatever_their_index()
    {
        var job = await StartedAsync();
        await CommitAsync(job.Append(
            new PartialEvent(7, null, true, "seven"), Step(1), new PartialEvent(0, null, false, Error: "no"),
            new PartialEvent(0, null, true, "zero")));
        var all = await Log.ReadPartialsSinceAsync(job.Id, 0, 10, None);

        Assert.Equal([7, 0, 0], all.Select(frame => frame.Item));
        Assert.Equal(all[0].Seq, Assert.Single(await Log.ReadPartialsSinceAsync(job.Id, 0, 1, None)).Seq);
        Assert.Equal([all[1].Seq, all[2].Seq], (await Log.ReadPartialsSinceAsync(job.Id, all[0].Seq, 10, None)).Select(f => f.Seq));
        Assert.Empty(await Log.ReadPartialsSinceAsync(job.Id, all[2].Seq, 10, None));
    }

    [Fact]
    public async Task Partials_of_another_job_are_not_mixed_in()
    {
        var job = await StartedAsync();
        var other = await StartedAsync(kind: "other");
        await CommitAsync(other.Append(new PartialEvent(0, null, true, "other")));
        await CommitAsync(job.Append(new PartialEvent(1, null, true, "mine")));

        Assert.Equal(1, Assert.Single(await Log.ReadPartialsAsync(job.Id, -1, 10, None)).Item);
    }

    [Fact]
    public async Task Many_writers_and_readers_at_once_never_see_a_gap_or_lose_an_event()
    {
        const int Jobs = 64;
        const int Appends = 20;
        var jobs = await Task.WhenAll(Enumerable.Range(0, Jobs).Select(i => StartedAsync(kind: $"k{i}")));
        using var reading = new CancellationTokenSource();

        var readers = Enumerable.Range(0, 4).Select(r => Task.Run(async () =>
        {
            for (var i = r; !reading.IsCancellationRequested; i++)
            {
                var job = jobs[i % Jobs];
                var snapshot = (await Log.FindSnapshotAsync(job.Id, None))!.Snapshot;
                var frames = await Log.ReadAsync(job.Id, 0, 1000, None);
                Assert.Equal(Enumerable.Range(1, frames.Count).Select(n => (long)n), frames.Select(frame => frame.Seq));
                Assert.True(frames.Count >= snapshot.Seq, "A snapshot tells of an event that can't be read.");
            }
        })).ToArray();
        await Task.WhenAll(jobs.Select(job => Task.Run(async () =>
        {
            for (var i = 0; i < Appends; i++)
            {
                await CommitAsync(job.Append(Step(i), new PartialEvent(i, null, true, "x")));
                var seen = await Log.ReadAsync(job.Id, job.Snapshot.Seq - 1, 10, None);
                Assert.Equal(job.Snapshot.Seq, Assert.Single(seen).Seq);
            }
        }))).WaitAsync(Soon);
        await reading.CancelAsync();
        await Task.WhenAll(readers).WaitAsync(Soon);

        foreach (var job in jobs)
            Assert.Equal(2 + (2 * Appends), (await Log.ReadAsync(job.Id, 0, 1000, None)).Count);
    }
}

using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Storage;

/// <summary>Purging and retention.</summary>
public abstract partial class JobStoreContract
{
    [Fact]
    public async Task A_purged_job_is_gone_with_all_that_belongs_to_it_and_leaves_a_tombstone()
    {
        var job = NewJob(tags: ["t"]);
        await Log.CreateAsync(job.New(key: new IdempotencyKey("k", "hash")), None);
        job.Job = Assert.Single(await ClaimAsync(job.Job.Kind, 1));
        await Store.SaveCheckpointAsync(Fence(job.Id, 1), Bytes("c"), None);
        await Store.SaveResultAsync(Fence(job.Id, 1), Document("r"), None);
        await CommitAsync(job.Append(new StartedEvent([]), new PartialEvent(0, null, true, "p")));
        await CommitAsync(Finish(job));

        Assert.True(await Store.PurgeAsync(job.Id, Now, None));

        Assert.Null(await Store.FindAsync(job.Id, None));
        Assert.Null(await Store.ReadInputAsync(job.Id, None));
        Assert.Null(await Store.ReadCheckpointAsync(job.Id, None));
        Assert.Null(await Store.ReadResultAsync(job.Id, None));
        Assert.Empty(await Log.ReadAsync(job.Id, 0, 10, None));
        Assert.Empty(await Log.ReadPartialsAsync(job.Id, -1, 10, None));
        Assert.Null(await Log.FindSnapshotAsync(job.Id, None));
        Assert.Empty((await Log.ListAsync(new JobQuery { Owner = "ann" }, None)).Items);
        Assert.Empty((await Log.ListAsync(new JobQuery { Owner = "ann", Tag = "t" }, None)).Items);
        Assert.Equal(new JobTombstone(job.Id, "ann", Now), await Store.FindTombstoneAsync(job.Id, None));
        Assert.Equal(default, await Log.CreateAsync(NewJob().New(key: new IdempotencyKey("k", "other")), None));
    }

    [Fact]
    public async Task A_job_that_is_not_finished_is_not_purged()
    {
        var queued = await CreateAsync(kind: "q");
        var running = await StartedAsync(kind: "r");

        Assert.False(await Store.PurgeAsync(queued.Id, Now, None));
        Assert.False(await Store.PurgeAsync(running.Id, Now, None));

        Assert.NotNull(await Store.FindAsync(queued.Id, None));
        Assert.Null(await Store.FindTombstoneAsync(running.Id, None));
    }

    [Fact]
    public async Task A_job_is_purged_once_and_its_neighbours_stay()
    {
        var job = await FinishedAsync();
        var other = await FinishedAsync();

        var purges = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Store.PurgeAsync(job.Id, Now, None).AsTask()));

        Assert.Single(purges, purged => purged);
        Assert.Equal(3, (await Log.ReadAsync(other.Id, 0, 10, None)).Count);
    }

    [Fact]
    public async Task A_job_with_a_long_log_and_large_pieces_is_purged_whole()
    {
        var job = await StartedAsync();
        await CommitAsync(job.Append([.. Enumerable.Range(0, 2500).Select(i => Step(i))]));
        for (var i = 0; i < 10; i++)
            await CommitAsync(job.Append(new PartialEvent(i, null, true, new string('x', 1 << 20))));
        await CommitAsync(Finish(job));

        Assert.True(await Store.PurgeAsync(job.Id, Now, None));

        Assert.Empty(await Log.ReadAsync(job.Id, 0, 10, None));
    }

    [Fact]
    public async Task Retention_finds_the_finished_of_a_kind_that_ended_before_a_moment_oldest_first()
    {
        await StartedAsync(kind: "a", title: "running");
        var first = await FinishedAsync(kind: "b");
        Clock.Advance(TimeSpan.FromHours(1));
        var second = await FinishedAsync(kind: "b");
        await FinishedAsync(kind: "c");
        Clock.Advance(TimeSpan.FromHours(1));
        await FinishedAsync(kind: "b");

        Assert.Equal([first.Id, second.Id], await Store.ListFinishedBeforeAsync("b", Now, 10, None));
        Assert.Equal([first.Id], await Store.ListFinishedBeforeAsync("b", Now, 1, None));
        Assert.Empty(await Store.ListFinishedBeforeAsync("a", Now.AddDays(1), 10, None));
    }

    [Fact]
    public async Task Tombstones_from_before_a_moment_are_forgotten()
    {
        var old = await FinishedAsync();
        var recent = await FinishedAsync();
        await Store.PurgeAsync(old.Id, Now, None);
        Clock.Advance(TimeSpan.FromDays(1));
        await Store.PurgeAsync(recent.Id, Now, None);

        await Store.PurgeTombstonesAsync(Now, None);

        Assert.Null(await Store.FindTombstoneAsync(old.Id, None));
        Assert.NotNull(await Store.FindTombstoneAsync(recent.Id, None));
    }
}

using System.Text;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Storage;

/// <summary>What every event log does, whatever the database: creating jobs.</summary>
public abstract partial class EventLogContract : StorageContract
{
    [Fact]
    public async Task A_created_job_is_there_with_its_first_event_input_and_snapshot()
    {
        var job = NewJob(title: "Ein Brief", tags: ["a", "b"]);
        var created = job.New("""{"text":"Grüße"}""");

        var outcome = await Log.CreateAsync(created, None);

        Assert.Equal(new CreateOutcome(null, false), outcome);
        var found = await Store.FindAsync(job.Id, None);
        Assert.NotNull(found);
        Assert.Equal(["a", "b"], found.Tags);
        Assert.Equal(job.Job with { Tags = found.Tags }, found);
        var input = await Store.ReadInputAsync(job.Id, None);
        Assert.Equal("""{"text":"Grüße"}""", Encoding.UTF8.GetString(input!.Value.Span));
        var frame = Assert.Single(await Log.ReadAsync(job.Id, 0, 10, None));
        Assert.Equal(created.Queued.Sse.ToArray(), frame.Sse.ToArray());
        var stored = await Log.FindSnapshotAsync(job.Id, None);
        Assert.Equal("ann", stored!.Owner);
        Assert.Equal(EventJson.Serialize(job.Snapshot), EventJson.Serialize(stored.Snapshot));
    }

    [Fact]
    public async Task A_job_keeps_what_it_takes_up_again()
    {
        var job = NewJob();
        job.Job = job.Job with { RetryOf = JobId.New(), ReusePartials = true, Tags = [] };

        await Log.CreateAsync(job.New(), None);

        Assert.Equal(job.Job, (await Store.FindAsync(job.Id, None))! with { Tags = job.Job.Tags });
    }

    [Fact]
    public async Task An_unknown_job_has_no_events_snapshot_or_partials()
    {
        var id = JobId.New();

        Assert.Empty(await Log.ReadAsync(id, 0, 10, None));
        Assert.Empty(await Log.ReadPartialsAsync(id, -1, 10, None));
        Assert.Null(await Log.FindSnapshotAsync(id, None));
    }

    [Fact]
    public async Task The_same_key_and_body_give_the_job_they_gave_before()
    {
        var first = NewJob();
        var second = NewJob();
        await Log.CreateAsync(first.New(key: new IdempotencyKey("k", "hash")), None);

        var outcome = await Log.CreateAsync(second.New(key: new IdempotencyKey("k", "hash")), None);

        Assert.Equal(new CreateOutcome(first.Id, false), outcome);
        Assert.Null(await Store.FindAsync(second.Id, None));
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_a_conflict_and_creates_nothing()
    {
        var first = NewJob();
        var second = NewJob();
        await Log.CreateAsync(first.New(key: new IdempotencyKey("k", "hash")), None);

        var outcome = await Log.CreateAsync(second.New(key: new IdempotencyKey("k", "other")), None);

        Assert.True(outcome.KeyConflict);
        Assert.Null(await Store.FindAsync(second.Id, None));
    }

    [Fact]
    public async Task A_key_counts_for_one_owner()
    {
        await Log.CreateAsync(NewJob("ann").New(key: new IdempotencyKey("k", "hash")), None);

        Assert.Equal(default, await Log.CreateAsync(NewJob("bob").New(key: new IdempotencyKey("k", "other")), None));
    }

    [Fact]
    public async Task Many_creates_at_once_with_one_key_make_exactly_one_job()
    {
        var jobs = Enumerable.Range(0, 32).Select(_ => NewJob()).ToArray();

        var outcomes = await Task.WhenAll(jobs.Select(job =>
            Task.Run(async () => await Log.CreateAsync(job.New(key: new IdempotencyKey("k", "hash")), None))));

        var winner = jobs[Array.FindIndex(outcomes, outcome => outcome.Existing is null)].Id;
        Assert.Single(outcomes, outcome => outcome.Existing is null);
        Assert.All(outcomes, outcome => Assert.Equal(winner, outcome.Existing ?? winner));
        Assert.Single((await Log.ListAsync(new JobQuery { Owner = "ann" }, None)).Items);
    }

    [Fact]
    public async Task Creating_a_job_twice_says_that_its_id_is_taken_and_leaves_the_first_as_it_was()
    {
        var job = NewJob();
        await Log.CreateAsync(job.New(), None);
        var again = NewJob(title: "Another");
        again.Job = again.Job with { Id = job.Id };

        Assert.True((await Log.CreateAsync(again.New(), None)).IdTaken);

        Assert.Equal("Letter", (await Store.FindAsync(job.Id, None))!.Title);
        Assert.Single(await Log.ReadAsync(job.Id, 0, 10, None));
    }

    [Fact]
    public async Task A_command_that_fails_does_not_fail_its_neighbours()
    {
        await CreateAsync();
        var good = Enumerable.Range(0, 20).Select(_ => NewJob()).ToArray();
        var without = NewJob();
        without.Job = without.Job with { Kind = null! };

        var bad = without.New();
        var all = good.Take(10).Select(job => job.New()).Append(bad).Concat(good.Skip(10).Select(job => job.New()));
        var tasks = all.Select(job => Log.CreateAsync(job, None).AsTask()).ToArray();
        await Task.WhenAll(tasks).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.Equal(TaskStatus.Faulted, tasks[10].Status);
        Assert.Equal(20, tasks.Count(task => task.Status == TaskStatus.RanToCompletion));
        Assert.Equal(21, (await Log.ListAsync(new JobQuery { Owner = "ann" }, None)).Items.Count);
    }
}

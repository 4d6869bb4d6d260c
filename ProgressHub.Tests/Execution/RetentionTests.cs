using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Execution;

public sealed class RetentionTests
{
    private static LambdaWorkload[] Workloads =>
        [new("short", Task (_) => Task.CompletedTask), new("long", Task (_) => Task.CompletedTask)];

    [Fact]
    public async Task A_sweep_purges_what_is_older_than_its_kind_is_kept_and_leaves_a_tombstone()
    {
        await using var engine = await EngineHost.StartAsync(
            o => o.RetentionByKind["short"] = TimeSpan.FromTicks(1), Workloads);
        var gone = new List<JobId>();
        for (var i = 0; i < 120; i++)
            gone.Add((await engine.SubmitAsync("short")).JobId);
        foreach (var id in gone)
            await engine.EndAsync(id);
        var kept = (await engine.RunAsync("long"))[0].JobId;

        Assert.Equal(120, await engine.Get<RetentionSweeper>().SweepAsync(CancellationToken.None));

        Assert.Null(await engine.Jobs.FindAsync(gone[0], EngineHost.Owner, CancellationToken.None));
        Assert.True(await engine.Jobs.WasPurgedAsync(gone[^1], EngineHost.Owner, CancellationToken.None));
        Assert.NotNull(await engine.Jobs.FindAsync(kept, EngineHost.Owner, CancellationToken.None));
        Assert.Equal(0, await engine.Get<RetentionSweeper>().SweepAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Jobs_of_a_kind_that_is_no_longer_registered_are_purged_in_their_time()
    {
        await using var engine = await EngineHost.StartAsync();
        var store = new InMemoryStore();
        var now = TimeProvider.System.GetUtcNow();
        var job = new LoggedJob(
            new Job
            {
                Id = JobId.New(), Kind = "taken-out", Title = "Old", Owner = EngineHost.Owner, Tags = [], CreatedAt = now,
            },
            TimeProvider.System);
        await store.CreateAsync(job.New(), CancellationToken.None);
        await store.AppendAsync(
            job.Append(
                row => row.Finish(JobState.Canceled, now.AddDays(-30)),
                new DoneEvent(JobState.Canceled, null, null, new JobSummary(0, []))),
            CancellationToken.None);
        using var sweeper = new RetentionSweeper(
            store, engine.Get<UploadService>(), Options.Create(new ExecutionOptions()), new SweepSchedule(TimeProvider.System, new EveryTurn()),
            NullLogger<RetentionSweeper>.Instance);

        Assert.Equal(1, await sweeper.SweepAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_tombstone_is_forgotten_in_its_turn()
    {
        await using var engine = await EngineHost.StartAsync(
            o => (o.RetentionByKind["short"], o.TombstoneRetention) = (TimeSpan.FromTicks(1), TimeSpan.FromSeconds(1)), Workloads);
        var id = (await engine.RunAsync("short"))[0].JobId;

        await engine.Get<RetentionSweeper>().SweepAsync(CancellationToken.None);
        Assert.True(await engine.Jobs.WasPurgedAsync(id, EngineHost.Owner, CancellationToken.None));

        await Patience.UntilAsync(
            async () =>
            {
                await engine.Get<RetentionSweeper>().SweepAsync(CancellationToken.None);
                return !await engine.Jobs.WasPurgedAsync(id, EngineHost.Owner, CancellationToken.None);
            },
            "its tombstone is forgotten");
    }

    [Fact]
    public async Task The_sweep_comes_by_itself_and_again_after_an_outage()
    {
        var failures = 0;
        await using var engine = await EngineHost.StartAsync(
            o =>
            {
                o.SweepInterval = TimeSpan.FromMilliseconds(100);
                o.Retention = TimeSpan.FromSeconds(1);
            },
            Workloads);
        engine.Faults.Before = (method, _) => method == "ListFinishedBeforeAsync" && Interlocked.Increment(ref failures) <= 2
            ? failures == 1 ? throw new StorageUnavailableException("Down.") : throw new OperationCanceledException("Somebody else's.")
            : Task.CompletedTask;
        var id = (await engine.RunAsync("short"))[0].JobId;

        await Patience.UntilAsync(
            async () => await engine.Jobs.WasPurgedAsync(id, EngineHost.Owner, CancellationToken.None), "it is purged");
    }

    [Fact]
    public async Task Only_a_finished_job_is_deleted()
    {
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("waits", c => Forever.WaitAsync(c.CancellationToken)));
        var job = await engine.SubmitAsync("waits");

        var refused = await Assert.ThrowsAsync<JobConflictException>(
            () => engine.Jobs.DeleteAsync(job.JobId, EngineHost.Owner, CancellationToken.None));

        Assert.Equal("not_finished", refused.Code);
        await engine.Jobs.CancelAsync(job.JobId, EngineHost.Owner, CancellationToken.None);
    }
}

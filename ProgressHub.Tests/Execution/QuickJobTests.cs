using System.Collections.Concurrent;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Execution;

/// <summary>What a job costs that does nothing: as few questions to the store, and as few commits in a row, as there can be.</summary>
public sealed class QuickJobTests
{
    [Fact]
    public async Task A_first_attempt_asks_the_store_nothing_that_its_submission_knew()
    {
        var runs = new Signal();
        await using var engine = await EngineHost.StartAsync(Quick(_ => runs.Set()));
        await engine.RunAsync("quick");
        runs = new Signal();
        ConcurrentQueue<string> calls = [];
        engine.Faults.Before = (method, _) =>
        {
            calls.Enqueue(method);
            return Task.CompletedTask;
        };

        await engine.SubmitAsync("quick");
        await runs.Task.Soon();

        Assert.Empty(calls.Intersect(["FindAsync", "FindSnapshotAsync", "ReadPartialsAsync", "ReadInputAsync"]));
    }

    [Fact]
    public async Task The_queue_does_not_ask_after_each_job_when_the_next_delayed_one_is_due()
    {
        await using var engine = await EngineHost.StartAsync(Quick(_ => { }));
        var asked = 0;
        engine.Faults.Before = (method, _) =>
        {
            asked += method == "NextRunAfterAsync" ? 1 : 0;
            return Task.CompletedTask;
        };

        for (var i = 0; i < 50; i++)
            await engine.RunAsync("quick");

        // It asks again after five seconds in which nothing happened, and where nothing was asked yet.
        Assert.InRange(asked, 0, 12);
    }

    [Fact]
    public async Task A_slot_is_free_for_the_next_job_before_the_end_of_the_last_is_on_disk()
    {
        var (release, second) = (new Signal(), new Signal());
        var runs = 0;
        var workload = Quick(_ =>
        {
            if (Interlocked.Increment(ref runs) == 2)
                second.Set();
        });
        await using var engine = await EngineHost.StartAsync(options => options.MaxConcurrency = 1, workload);
        JobId? held = null;
        engine.Faults.Before = (method, id) => method == "AppendAsync" && id == held ? release.Task : Task.CompletedTask;
        engine.Faults.AfterCreate = id =>
        {
            held ??= id;
            return Task.CompletedTask;
        };

        var one = await engine.SubmitAsync("quick");
        await engine.SubmitAsync("quick");
        await second.Task.Soon();

        Assert.False((await engine.Jobs.FindAsync(one.JobId, EngineHost.Owner, CancellationToken.None))!.IsFinal);
        release.Set();
        await engine.EndAsync(one.JobId);
    }

    [Fact]
    public async Task What_was_said_of_a_job_while_it_waited_is_what_its_attempt_knows()
    {
        var release = new Signal();
        await using var engine = await EngineHost.StartAsync(
            options => options.MaxConcurrency = 1, new LambdaWorkload("first", _ => release.Task), Quick(_ => { }));
        await engine.SubmitAsync("first");
        var job = await engine.SubmitAsync("quick");

        await engine.Jobs.ChangeTagsAsync(job.JobId, EngineHost.Owner, new TagChange(["urgent"], []), CancellationToken.None).Soon();
        release.Set();
        await engine.EndAsync(job.JobId);

        Assert.Equal(["urgent"], (await engine.Jobs.FindAsync(job.JobId, EngineHost.Owner, CancellationToken.None))!.Tags);
    }

    private static LambdaWorkload Quick(Action<WorkloadContext> run) => new("quick", context =>
    {
        run(context);
        return Task.CompletedTask;
    });
}

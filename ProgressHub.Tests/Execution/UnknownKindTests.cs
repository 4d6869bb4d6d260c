using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Execution;

/// <summary>Jobs of a workload that was taken out since they were submitted.</summary>
public sealed class UnknownKindTests
{
    [Fact]
    public async Task A_job_that_waits_or_was_interrupted_ends_with_an_error_that_says_so_and_can_be_retried()
    {
        using var running = new SemaphoreSlim(0);
        var present = true;
        await using var engine = await EngineHost.StartAsync(
            o => o.MaxConcurrencyByKind["gone"] = 1,
            services =>
            {
                if (present)
                    services.AddSingletonWorkload(new LambdaWorkload("gone", async context =>
                    {
                        running.Release();
                        await Forever.WaitAsync(context.CancellationToken);
                    }));
            },
            new LambdaWorkload("stays", _ => Task.CompletedTask));
        var interrupted = await engine.SubmitAsync("gone");
        await running.WaitAsync(Patience.Limit);
        await engine.ReachAsync(interrupted.JobId, JobState.Running);
        var waiting = await Task.WhenAll(Enumerable.Range(0, 150).Select(_ => engine.SubmitAsync("gone")));
        present = false;

        await engine.CrashAsync();

        foreach (var job in (JobSnapshot[])[interrupted, .. waiting])
        {
            var done = (DoneEvent)(await engine.EndAsync(job.JobId))[^1];
            Assert.Equal((JobState.Failed, "unknown_kind"), (done.State, done.Error!.Code));
        }

        Assert.Equal(0, engine.Get<JobQueue>().Waiting);
        Assert.IsType<DoneEvent>((await engine.RunAsync("stays"))[^1]);
        present = true;
        await engine.StopAsync();
        await engine.StartAsync();
        var again = await engine.Jobs.RetryAsync(interrupted.JobId, EngineHost.Owner, RetryScope.All, CancellationToken.None);
        await engine.ReachAsync(again!.Snapshot.JobId, JobState.Running);
    }

    [Fact]
    public async Task One_that_is_delayed_ends_too_and_nothing_polls_for_it()
    {
        var present = true;
        await using var engine = await EngineHost.StartAsync(
            o => o.RetryDelay = o.MaxRetryDelay = TimeSpan.FromMinutes(10),
            services =>
            {
                if (present)
                    services.AddSingletonWorkload(new LambdaWorkload(
                        "gone", Task (_) => throw new WorkloadException("busy", "Busy.") { IsTransient = true }));
            });
        var delayed = await engine.SubmitAsync("gone");
        await Patience.UntilAsync(
            async () => (await engine.Jobs.FindAsync(delayed.JobId, EngineHost.Owner, CancellationToken.None))!.Message == "Busy.", "it is delayed");
        present = false;

        await engine.StopAsync();
        await engine.StartAsync();

        Assert.Equal("unknown_kind", ((DoneEvent)(await engine.EndAsync(delayed.JobId))[^1]).Error!.Code);
        Assert.Null(await engine.Get<IJobStore>().NextRunAfterAsync(DateTimeOffset.UnixEpoch, CancellationToken.None));
    }
}

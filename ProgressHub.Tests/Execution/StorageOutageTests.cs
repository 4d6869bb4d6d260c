using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Execution;

public sealed class StorageOutageTests
{
    [Fact]
    public async Task A_job_that_runs_during_an_outage_survives_and_loses_nothing()
    {
        var (reached, release) = (new Signal(), new Signal());
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("pieces", async context =>
        {
            for (var i = 0; i < 20; i++)
            {
                await context.PartialAsync(new PartialResult(i, 20) { Text = $"{i}" });
                context.Progress.Report(new(i, 20));
                if (i == 5)
                {
                    reached.Set();
                    await release.Task;
                }
            }

            await context.SaveCheckpointAsync("all"u8.ToArray());
            return new WorkloadOutcome(LambdaWorkload.Text("all"));
        }));
        var job = await engine.SubmitAsync("pieces");
        await reached.Task.Soon();

        engine.Faults.Down = true;
        release.Set();
        await Patience.UntilAsync(() => Volatile.Read(ref engine.Faults.Refused) > 3, "writes were refused");
        engine.Faults.Down = false;

        var events = await engine.EndAsync(job.JobId);
        Assert.Equal(Enumerable.Range(0, 20), events.OfType<PartialEvent>().Select(p => p.Index));
        Assert.Equal(JobState.Succeeded, ((DoneEvent)events[^1]).State);
        Assert.NotNull(await engine.Jobs.ReadResultAsync(job.JobId, EngineHost.Owner, false, CancellationToken.None));
    }

    [Fact]
    public async Task A_job_whose_attempt_cannot_begin_for_a_reason_that_is_no_outage_ends_and_takes_a_cancel()
    {
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("never", Task (_) => Task.CompletedTask));
        var failures = 1;
        engine.Faults.Before = (method, _) => method == "FindAsync" && Interlocked.Decrement(ref failures) >= 0
            ? throw new InvalidOperationException("A defect of the store.")
            : Task.CompletedTask;

        var job = await engine.SubmitForgottenAsync("never");
        var events = await engine.EndAsync(job.JobId);

        var done = (DoneEvent)events[^1];
        Assert.Equal((JobState.Failed, "internal_error"), (done.State, done.Error?.Code));
        var canceled = await engine.Jobs.CancelAsync(job.JobId, EngineHost.Owner, CancellationToken.None).Soon();
        Assert.Equal(JobState.Failed, canceled?.State);
    }

    [Theory]
    [InlineData("FindSnapshotAsync"), InlineData("FindAsync"), InlineData("ReadInputAsync"), InlineData("ReadPartialsAsync")]
    [InlineData("AppendAsync"), InlineData("SaveResultAsync"), InlineData("SaveCheckpointAsync"), InlineData("ReadCheckpointAsync")]
    [InlineData("ClaimAsync")]
    public async Task An_outage_at_any_step_of_an_attempt_only_delays_it(string step)
    {
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("steps", async context =>
        {
            await context.ReadCheckpointAsync();
            await context.SaveCheckpointAsync("x"u8.ToArray());
            return new WorkloadOutcome(LambdaWorkload.Text("x"));
        }));
        var refusals = 0;
        var submitted = new Signal();
        engine.Faults.Before = async (method, _) =>
        {
            // Whoever submits holds the job's feed until it returns, and nobody need read what it holds.
            if (method == "ClaimAsync")
                await submitted.Task;
            if (method == step && Interlocked.Increment(ref refusals) <= 2)
                throw new StorageUnavailableException("Down for a test.");
        };

        var job = await engine.SubmitAsync("steps");

        // As after a restart: the input is to be read again.
        engine.Get<KeptPlans>().Take(job.JobId);
        submitted.Set();
        await Patience.UntilAsync(() => Volatile.Read(ref refusals) >= 2, "the step was refused twice");

        // The rest of the test reads as well, and is not to be refused.
        engine.Faults.Before = null;
        var events = await engine.EndAsync(job.JobId);
        Assert.Equal(["queued", "started", "done"], events.Select(e => e.Type));
        Assert.Equal(JobState.Succeeded, ((DoneEvent)events[^1]).State);
    }

    [Fact]
    public async Task A_defect_of_the_store_ends_the_job_and_does_not_leave_it_running_for_ever()
    {
        var (reached, release) = (new Signal(), new Signal());
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("broken", async context =>
        {
            reached.Set();
            await release.Task;
            await context.LogAsync(JobLogLevel.Info, "x");
            await Forever.WaitAsync(context.CancellationToken);
        }));
        var job = await engine.SubmitAsync("broken");
        await engine.ReachAsync(job.JobId, JobState.Running);
        await reached.Task.Soon();
        var broken = 0;
        engine.Faults.Before = (method, _) => method == "AppendAsync" && Interlocked.Exchange(ref broken, 1) == 0
            ? throw new InvalidDataException("A defect.")
            : Task.CompletedTask;
        release.Set();

        var events = await engine.EndAsync(job.JobId);

        Assert.Equal((JobState.Failed, "internal_error"), (((DoneEvent)events[^1]).State, ((DoneEvent)events[^1]).Error!.Code));
    }

    [Fact]
    public async Task Submitting_during_an_outage_says_so_and_leaves_nothing_behind()
    {
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("quick", Task (_) => Task.CompletedTask));
        engine.Faults.Before = (method, _) => method == "CreateAsync" ? throw new StorageUnavailableException("Down.") : Task.CompletedTask;

        await Assert.ThrowsAsync<StorageUnavailableException>(() => engine.SubmitAsync("quick"));
        engine.Faults.Before = null;

        Assert.Empty(await engine.Get<IJobStore>().CountAsync(CancellationToken.None));
        Assert.Equal(JobState.Succeeded, ((DoneEvent)(await engine.RunAsync("quick"))[^1]).State);
    }

    [Fact]
    public async Task The_server_lives_on_when_announcing_a_place_in_the_queue_fails()
    {
        var release = new Signal();
        await using var engine = await EngineHost.StartAsync(o => o.MaxConcurrency = 1, new LambdaWorkload("waits", _ => release.Task));
        await engine.SubmitAsync("waits");
        var failures = 0;
        engine.Faults.Before = (method, _) =>
            method == "ListQueuedAsync" && Interlocked.Increment(ref failures) <= 1 ? throw new InvalidDataException("A defect.") : Task.CompletedTask;
        var second = await engine.SubmitAsync("waits");

        await Patience.UntilAsync(() => Volatile.Read(ref failures) >= 2, "it is tried again");

        release.Set();
        await engine.EndAsync(second.JobId);
    }
}

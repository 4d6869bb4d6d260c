using System.Text;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Execution;

public sealed class JobRecoveryTests
{
    [Fact]
    public async Task A_job_interrupted_by_a_stop_is_resumed_by_the_next_start_with_what_it_had_finished()
    {
        var (reached, release) = (new Signal(), new Signal());
        var restored = new List<string>();
        await using var engine = await EngineHost.StartAsync(TwoPieces(reached, release, restored));
        var job = await engine.SubmitAsync("two");
        await reached.Task.Soon();

        await engine.StopAsync();
        release.Set();
        await engine.StartAsync();
        var events = await engine.EndAsync(job.JobId);

        Assert.Equal(
            ["queued", "started", "partial", "retrying", "started", "partial", "done"], events.Select(e => e.Type));
        Assert.Equal(["0:zero", "checkpoint:half"], restored);
        Assert.Equal(JobState.Succeeded, ((DoneEvent)events[^1]).State);
    }

    [Fact]
    public async Task A_job_interrupted_by_a_crash_is_resumed_too()
    {
        var (reached, release) = (new Signal(), new Signal());
        var restored = new List<string>();
        await using var engine = await EngineHost.StartAsync(TwoPieces(reached, release, restored));
        var job = await engine.SubmitAsync("two");
        await reached.Task.Soon();
        await engine.ReachAsync(job.JobId, JobState.Running);

        await engine.CrashAsync();
        release.Set();
        var events = await engine.EndAsync(job.JobId);

        Assert.Equal(
            ["queued", "started", "partial", "retrying", "started", "partial", "done"], events.Select(e => e.Type));
        Assert.Equal(["0:zero", "checkpoint:half"], restored);
    }

    [Fact]
    public async Task A_stop_tells_also_those_jobs_that_are_only_just_beginning()
    {
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("waits", c => Forever.WaitAsync(c.CancellationToken)));
        var (reached, release) = (new Signal(), new Signal());
        engine.Faults.Before = (method, _) =>
        {
            if (method != "FindAsync")
                return Task.CompletedTask;
            reached.Set();
            return release.Task;
        };
        var job = await engine.SubmitForgottenAsync("waits");
        await reached.Task.Soon();

        var stopping = engine.StopAsync();
        await Task.WhenAny(stopping, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System));
        release.Set();
        await stopping.WaitAsync(Patience.Limit);

        engine.Faults.Before = null;
        await engine.StartAsync();
        await engine.ReachAsync(job.JobId, JobState.Running);
        var events = await engine.Jobs.ReadEventsAsync(job.JobId, EngineHost.Owner, 0, 100, CancellationToken.None);
        Assert.Equal("The server is restarting.", events!.Select(f => f.Decode()).OfType<RetryingEvent>().Single().Reason);
        await engine.Jobs.CancelAsync(job.JobId, EngineHost.Owner, CancellationToken.None);
    }

    [Fact]
    public async Task A_stop_gives_up_a_handler_that_ignores_it_and_the_job_is_queued()
    {
        var (reached, release) = (new Signal(), new Signal());
        await using var engine = await EngineHost.StartAsync(o => o.ShutdownGrace = TimeSpan.FromMilliseconds(500), new LambdaWorkload("deaf", context =>
        {
            reached.Set();
            return context.Attempt == 1 ? release.Task : Task.CompletedTask;
        }));
        var job = await engine.SubmitAsync("deaf");
        await reached.Task.Soon();

        await engine.StopAsync();
        await engine.StartAsync();

        Assert.Equal(
            ["queued", "started", "retrying", "started", "done"], (await engine.EndAsync(job.JobId)).Select(e => e.Type));
        release.Set();
    }

    [Fact]
    public async Task A_handler_that_comes_to_its_end_during_a_stop_has_ended()
    {
        var reached = new Signal();
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("ends", async context =>
        {
            reached.Set();
            await Forever.WaitAsync(context.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }));
        var job = await engine.SubmitAsync("ends");
        await reached.Task.Soon();

        await engine.StopAsync();
        await engine.StartAsync();

        Assert.Equal(["queued", "started", "done"], (await engine.EndAsync(job.JobId)).Select(e => e.Type));
    }

    [Fact]
    public async Task A_job_interrupted_again_and_again_without_finishing_anything_is_given_up()
    {
        var attempts = 0;
        await using var engine = await EngineHost.StartAsync(o => o.MaxInterruptionsWithoutProgress = 3, new LambdaWorkload("poison", async context =>
        {
            await context.LogAsync(JobLogLevel.Info, "begun");
            Interlocked.Increment(ref attempts);
            await Forever.WaitAsync(context.CancellationToken);
        }));
        var job = await engine.SubmitAsync("poison");

        for (var crash = 1; crash <= 3; crash++)
        {
            await Patience.UntilAsync(() => Volatile.Read(ref attempts) == crash, "the attempt has begun");
            await engine.ReachAsync(job.JobId, JobState.Running);
            await engine.CrashAsync();
        }

        var events = await engine.EndAsync(job.JobId);
        Assert.Equal(3, events.OfType<StartedEvent>().Count());
        Assert.Equal((JobState.Failed, "interrupted"), (((DoneEvent)events[^1]).State, ((DoneEvent)events[^1]).Error!.Code));
    }

    [Fact]
    public async Task A_job_that_comes_to_a_checkpoint_each_time_goes_on_however_often_it_is_interrupted()
    {
        var attempts = 0;
        await using var engine = await EngineHost.StartAsync(o => o.MaxInterruptionsWithoutProgress = 2, new LambdaWorkload("steps", async context =>
        {
            await context.SaveCheckpointAsync(new[] { (byte)context.Attempt });
            Interlocked.Increment(ref attempts);
            if (context.Attempt < 5)
                await Forever.WaitAsync(context.CancellationToken);
        }));
        var job = await engine.SubmitAsync("steps");

        for (var crash = 1; crash <= 4; crash++)
        {
            await Patience.UntilAsync(() => Volatile.Read(ref attempts) == crash, "the attempt has come to its checkpoint");
            await engine.ReachAsync(job.JobId, JobState.Running);
            await engine.CrashAsync();
        }

        Assert.Equal(JobState.Succeeded, ((DoneEvent)(await engine.EndAsync(job.JobId))[^1]).State);
    }

    [Fact]
    public async Task A_checkpoint_of_an_earlier_attempt_is_no_progress_of_the_later_ones()
    {
        var attempts = 0;
        await using var engine = await EngineHost.StartAsync(o => o.MaxInterruptionsWithoutProgress = 2, new LambdaWorkload("stuck", async context =>
        {
            if (context.Attempt == 1)
                await context.SaveCheckpointAsync("far"u8.ToArray());
            Interlocked.Increment(ref attempts);
            await Forever.WaitAsync(context.CancellationToken);
        }));
        var job = await engine.SubmitAsync("stuck");

        for (var crash = 1; crash <= 3; crash++)
        {
            await Patience.UntilAsync(() => Volatile.Read(ref attempts) == crash, "the attempt has begun");
            await engine.ReachAsync(job.JobId, JobState.Running);
            await engine.CrashAsync();
        }

        Assert.Equal("interrupted", ((DoneEvent)(await engine.EndAsync(job.JobId))[^1]).Error!.Code);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task What_every_attempt_finishes_anew_is_no_progress_of_the_later_ones(bool piece)
    {
        var attempts = 0;
        await using var engine = await EngineHost.StartAsync(o => o.MaxInterruptionsWithoutProgress = 2, new LambdaWorkload("stuck", async context =>
        {
            await context.ReadCheckpointAsync();
            if (piece)
                await context.PartialAsync(new PartialResult(0, null) { Text = "what was found" });
            await context.SaveCheckpointAsync("the order"u8.ToArray());
            Interlocked.Increment(ref attempts);
            if (context.Attempt < 6)
                await Forever.WaitAsync(context.CancellationToken);
        }));
        var job = await engine.SubmitAsync("stuck");

        for (var crash = 1; crash <= 3; crash++)
        {
            await Patience.UntilAsync(() => Volatile.Read(ref attempts) == crash, "the attempt has begun");
            await engine.ReachAsync(job.JobId, JobState.Running);
            await engine.CrashAsync();
        }

        Assert.Equal("interrupted", ((DoneEvent)(await engine.EndAsync(job.JobId))[^1]).Error?.Code);
    }

    [Fact]
    public async Task A_job_that_was_to_be_canceled_when_the_server_crashed_ends_canceled()
    {
        var (reached, release) = (new Signal(), new Signal());
        await using var engine = await EngineHost.StartAsync(o => o.CancelGrace = TimeSpan.FromMinutes(1), new LambdaWorkload("deaf", _ =>
        {
            reached.Set();
            return release.Task;
        }));
        var job = await engine.SubmitAsync("deaf");
        await reached.Task.Soon();
        await engine.Jobs.CancelAsync(job.JobId, EngineHost.Owner, CancellationToken.None);

        await engine.CrashAsync();

        var events = await engine.EndAsync(job.JobId);
        Assert.Equal(["queued", "started", "canceling", "done"], events.Select(e => e.Type));
        Assert.Equal(JobState.Canceled, ((DoneEvent)events[^1]).State);
        release.Set();
    }

    [Fact]
    public async Task A_job_that_waited_for_an_answer_asks_again_after_a_crash()
    {
        await using var engine = await EngineHost.StartAsync(
            new LambdaWorkload("asks", context => context.AskAsync("Which?", null, TimeSpan.FromHours(1))));
        var job = await engine.SubmitAsync("asks");
        var first = await engine.ReachAsync(job.JobId, JobState.WaitingForInput);

        await engine.CrashAsync();

        var second = await engine.ReachAsync(job.JobId, JobState.WaitingForInput);
        Assert.Equal(first.PendingInput!.RequestId, second.PendingInput!.RequestId);
        await engine.Jobs.AnswerAsync(job.JobId, EngineHost.Owner, second.PendingInput.RequestId, "x", CancellationToken.None);
        Assert.Equal(JobState.Succeeded, ((DoneEvent)(await engine.EndAsync(job.JobId))[^1]).State);
    }

    [Fact]
    public async Task Every_queued_job_is_there_after_a_crash_and_none_runs_twice()
    {
        var runs = 0;
        var open = new Signal();
        await using var engine = await EngineHost.StartAsync(o => o.MaxConcurrency = 2, new LambdaWorkload("counted", async context =>
        {
            await open.WaitAsync(context.CancellationToken);
            Interlocked.Increment(ref runs);
        }));
        var jobs = new List<JobSnapshot>();
        for (var i = 0; i < 20; i++)
            jobs.Add(await engine.SubmitAsync("counted"));

        await engine.StopAsync();
        await engine.StartAsync();
        open.Set();
        foreach (var job in jobs)
            await engine.EndAsync(job.JobId);

        Assert.Equal(20, runs);
    }

    private static LambdaWorkload TwoPieces(Signal reached, Signal release, List<string> restored) => new("two", async context =>
    {
        if (context.Attempt == 1)
        {
            Assert.Null(await context.ReadCheckpointAsync());
            await context.PartialAsync(new PartialResult(0, 2) { Text = "zero" });
            await context.SaveCheckpointAsync("half"u8.ToArray());
            reached.Set();
            await release.WaitAsync(context.CancellationToken);
            return;
        }

        restored.AddRange(context.RestoredPartials.Select(p => $"{p.Key}:{p.Value.Text}"));
        restored.Add("checkpoint:" + Encoding.UTF8.GetString((await context.ReadCheckpointAsync())!.Value.Span));
        await context.PartialAsync(new PartialResult(1, 2) { Text = "one" });
    });
}

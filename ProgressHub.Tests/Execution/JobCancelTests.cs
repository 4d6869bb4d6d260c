using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Execution;

public sealed class JobCancelTests
{
    private readonly Signal _running = new();

    [Fact]
    public async Task A_queued_job_is_canceled_at_once_and_never_runs()
    {
        await using var engine = await EngineHost.StartAsync(o => o.MaxConcurrency = 1, Waiting());
        var first = await engine.SubmitAsync("waits");
        await _running.Task.Soon();
        var second = await engine.SubmitAsync("waits");

        var snapshot = await CancelAsync(engine, second.JobId);

        Assert.Equal(JobState.Canceled, snapshot!.State);
        Assert.Equal(["queued", "done"], (await engine.EndAsync(second.JobId)).Select(e => e.Type));
        Assert.Equal(0, engine.Get<JobQueue>().Waiting);
        await CancelAsync(engine, first.JobId);
        await engine.EndAsync(first.JobId);
    }

    [Fact]
    public async Task A_running_job_is_told_to_stop_and_ends_as_canceled()
    {
        await using var engine = await EngineHost.StartAsync(Waiting());
        var job = await engine.SubmitAsync("waits");
        await _running.Task.Soon();

        var snapshot = await CancelAsync(engine, job.JobId);

        Assert.Contains(snapshot!.State, new[] { JobState.Canceling, JobState.Canceled });
        var events = await engine.EndAsync(job.JobId);
        Assert.Equal(["queued", "started", "canceling", "done"], events.Select(e => e.Type));
        Assert.Equal(JobState.Canceled, ((DoneEvent)events[^1]).State);
    }

    [Fact]
    public async Task A_handler_that_ignores_it_is_given_up()
    {
        var release = new Signal();
        await using var engine = await EngineHost.StartAsync(o => o.CancelGrace = TimeSpan.FromMilliseconds(200), new LambdaWorkload("deaf", _ =>
        {
            _running.Set();
            return release.Task;
        }));
        var job = await engine.SubmitAsync("deaf");
        await _running.Task.Soon();

        await CancelAsync(engine, job.JobId);
        var events = await engine.EndAsync(job.JobId);

        Assert.Equal(JobState.Canceled, ((DoneEvent)events[^1]).State);
        release.Set();
    }

    [Fact]
    public async Task A_handler_that_blocks_its_token_delays_nobody()
    {
        var release = new ManualResetEventSlim();
        await using var engine = await EngineHost.StartAsync(o => o.CancelGrace = TimeSpan.FromMilliseconds(200), new LambdaWorkload("blocks", async context =>
        {
            context.CancellationToken.Register(() => release.Wait(Patience.Limit));
            _running.Set();
            await Forever.WaitAsync(CancellationToken.None);
        }));
        var job = await engine.SubmitAsync("blocks");
        await _running.Task.Soon();

        await CancelAsync(engine, job.JobId);

        Assert.Equal(JobState.Canceled, ((DoneEvent)(await engine.EndAsync(job.JobId))[^1]).State);
        release.Set();
    }

    [Fact]
    public async Task Asking_twice_is_asking_once()
    {
        var release = new Signal();
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("slow", async context =>
        {
            _running.Set();
            await release.Task;
        }));
        var job = await engine.SubmitAsync("slow");
        await _running.Task.Soon();

        await CancelAsync(engine, job.JobId);
        await CancelAsync(engine, job.JobId);
        release.Set();

        var events = await engine.EndAsync(job.JobId);
        Assert.Single(events.OfType<CancelingEvent>());
        var again = await CancelAsync(engine, job.JobId);
        Assert.Equal((JobState.Canceled, events.Count), (again!.State, again.Seq));
    }

    [Fact]
    public async Task A_finished_job_stays_as_it_is()
    {
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("quick", Task (_) => Task.CompletedTask));
        var events = await engine.RunAsync("quick");

        var snapshot = await CancelAsync(engine, events[0].JobId);

        Assert.Equal((JobState.Succeeded, events.Count), (snapshot!.State, snapshot.Seq));
    }

    [Fact]
    public async Task A_job_that_waits_for_an_answer_is_canceled_too()
    {
        await using var engine = await EngineHost.StartAsync(
            new LambdaWorkload("asks", context => context.AskAsync("Which?", null, TimeSpan.FromHours(1))));
        var job = await engine.SubmitAsync("asks");
        await engine.ReachAsync(job.JobId, JobState.WaitingForInput);

        var snapshot = await CancelAsync(engine, job.JobId);

        Assert.Null(snapshot!.PendingInput);
        Assert.Equal(JobState.Canceled, ((DoneEvent)(await engine.EndAsync(job.JobId))[^1]).State);
    }

    [Theory, InlineData("FindSnapshotAsync"), InlineData("FindAsync"), InlineData("ReadInputAsync"), InlineData("ReadPartialsAsync")]
    public async Task A_job_that_is_being_claimed_or_just_begins_is_canceled_too(string moment)
    {
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("waits", c => Forever.WaitAsync(c.CancellationToken)));
        var (submitted, reached, release) = (new Signal(), new Signal(), new Signal());
        JobId? held = null;
        var claimed = false;
        engine.Faults.Before = (method, id) =>
        {
            claimed |= method == "ClaimAsync";

            // Whoever submits holds the job's feed until it returns, and nobody need read what it holds.
            if (method == "ClaimAsync")
                return submitted.Task;
            if (!claimed || method != moment || held is not null)
                return Task.CompletedTask;
            held = id;
            reached.Set();
            return release.Task;
        };
        var job = await engine.SubmitAsync("waits");

        // As after a restart: the input is to be read again.
        engine.Get<KeptPlans>().Take(job.JobId);
        submitted.Set();
        await reached.Task.Soon();

        var canceling = CancelAsync(engine, job.JobId);
        await Task.WhenAny(canceling, Task.Delay(TimeSpan.FromMilliseconds(30), TimeProvider.System));
        release.Set();
        await canceling.Soon();

        Assert.Equal(JobState.Canceled, ((DoneEvent)(await engine.EndAsync(job.JobId))[^1]).State);
    }

    [Fact]
    public async Task A_cancel_while_the_attempt_is_planned_is_a_cancel_and_not_a_failure()
    {
        var plans = 0;
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("plans", Task (_) =>
            throw new WorkloadException("busy", "Try again.") { IsTransient = true })
        {
            Plan = async (_, cancellationToken) =>
            {
                if (Interlocked.Increment(ref plans) == 2)
                {
                    _running.Set();
                    await Forever.WaitAsync(cancellationToken);
                }

                return new WorkloadPlan(LambdaWorkload.Describe("plans").Stages, null, "t");
            },
        });
        var job = await engine.SubmitAsync("plans");
        await _running.Task.Soon();

        await CancelAsync(engine, job.JobId);

        Assert.Equal(JobState.Canceled, ((DoneEvent)(await engine.EndAsync(job.JobId))[^1]).State);
    }

    [Fact]
    public async Task A_cancel_while_the_attempt_goes_back_to_the_queue_is_not_forgotten()
    {
        var hasFailed = false;
        await using var engine = await EngineHost.StartAsync(o => o.RetryDelay = o.MaxRetryDelay = TimeSpan.FromMinutes(1), new LambdaWorkload("flaky", Task (_) =>
        {
            Volatile.Write(ref hasFailed, true);
            throw new WorkloadException("busy", "Busy.") { IsTransient = true };
        }));
        var (reached, release) = (new Signal(), new Signal());

        // What is written from then on has the return to the queue in it, whether or not the beginning was written before.
        engine.Faults.Before = async (method, _) =>
        {
            if (method == "AppendAsync" && Volatile.Read(ref hasFailed))
            {
                reached.Set();
                await release.Task;
            }
        };
        var job = await engine.SubmitAsync("flaky");
        await reached.Task.Soon();
        await Patience.UntilAsync(() => engine.Get<RunningJobs>().All.Any(), "the attempt is there");

        var canceling = CancelAsync(engine, job.JobId);
        await Task.WhenAny(canceling, Task.Delay(TimeSpan.FromMilliseconds(30), TimeProvider.System));
        release.Set();

        Assert.Contains((await canceling.Soon())!.State, new[] { JobState.Canceled, JobState.Canceling });
        Assert.Equal(JobState.Canceled, ((DoneEvent)(await engine.EndAsync(job.JobId))[^1]).State);
    }

    [Fact]
    public async Task Giving_up_asking_leaves_the_request_in_force()
    {
        await using var engine = await EngineHost.StartAsync(o => o.MaxConcurrency = 1, Waiting());
        var first = await engine.SubmitAsync("waits");
        await _running.Task.Soon();
        var second = await engine.SubmitAsync("waits");
        var (reached, release) = (new Signal(), new Signal());
        engine.Faults.Before = (method, id) =>
        {
            if (method != "AppendAsync" || id != second.JobId)
                return Task.CompletedTask;
            reached.Set();
            return release.Task;
        };
        using var disconnect = new CancellationTokenSource();
        var canceling = engine.Jobs.CancelAsync(second.JobId, EngineHost.Owner, disconnect.Token);
        await reached.Task.Soon();
        await disconnect.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => canceling.Soon());

        release.Set();

        Assert.Equal(["queued", "done"], (await engine.EndAsync(second.JobId)).Select(e => e.Type));
        await Patience.UntilAsync(() => engine.Get<JobQueue>().Waiting == 0, "the queue knows");
        await CancelAsync(engine, first.JobId);
    }

    /// <summary>I10.</summary>
    [Fact]
    public async Task A_disconnect_cancels_nothing()
    {
        await using var engine = await EngineHost.StartAsync(Waiting());
        var job = await engine.SubmitAsync("waits");
        await _running.Task.Soon();
        using var disconnect = new CancellationTokenSource();
        var follow = await engine.Get<EventFeeds>().WatchAsync(job.JobId, 0, disconnect.Token);
        var reading = follow!.Events.GetAsyncEnumerator(disconnect.Token);
        await reading.MoveNextAsync().Soon();

        await disconnect.CancelAsync();
        await reading.DisposeAsync();

        await engine.ReachAsync(job.JobId, JobState.Running);
        Assert.Equal(0, engine.Get<EventFeeds>().WatcherCount);
        await CancelAsync(engine, job.JobId);
    }

    private LambdaWorkload Waiting() => new("waits", context =>
    {
        _running.Set();
        return Forever.WaitAsync(context.CancellationToken);
    });

    private static Task<JobSnapshot?> CancelAsync(EngineHost engine, JobId id) =>
        engine.Jobs.CancelAsync(id, EngineHost.Owner, CancellationToken.None).Soon();
}

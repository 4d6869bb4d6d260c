using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Execution;

public sealed class JobConcurrencyTests
{
    [Fact]
    public async Task No_bound_is_ever_exceeded_by_200_jobs_and_each_runs_once()
    {
        var narrow = new Meter();
        var wide = new Meter();
        var all = new Meter();
        await using var engine = await EngineHost.StartAsync(
            o =>
            {
                o.MaxConcurrency = 6;
                o.MaxConcurrencyByKind["wide"] = 5;
            },
            Measured("narrow", narrow, all, most: 2), Measured("wide", wide, all, most: 50));

        var jobs = await Task.WhenAll(Enumerable.Range(0, 200).Select(
            i => Task.Run(() => engine.SubmitAsync(i % 2 == 0 ? "narrow" : "wide"))));
        var ends = await Task.WhenAll(jobs.Select(j => engine.EndAsync(j.JobId)));

        Assert.All(ends, e => Assert.Equal(["queued", "started", "done"], e.Where(x => x is not QueuedEvent { Seq: > 1 }).Select(x => x.Type)));
        Assert.Equal((100, 100, 200), (narrow.Count, wide.Count, all.Count));
        Assert.Equal(2, narrow.Most);
        Assert.InRange(wide.Most, 3, 5);
        Assert.InRange(all.Most, 4, 6);
        await Patience.UntilAsync(() => engine.Get<JobQueue>().Running.Values.Sum() == 0, "all places are free");
        Assert.Equal(0, engine.Get<JobQueue>().Waiting);
    }

    [Fact]
    public async Task Jobs_begin_in_the_order_they_came()
    {
        var order = new List<int>();
        await using var engine = await EngineHost.StartAsync(o => o.MaxConcurrency = 1, new LambdaWorkload("ordered", context =>
        {
            order.Add(context.Input.GetProperty("n").GetInt32());
            return Task.CompletedTask;
        }));

        var jobs = new List<JobSnapshot>();
        for (var i = 0; i < 40; i++)
            jobs.Add(await engine.SubmitAsync("ordered", $$"""{"n":{{i}}}"""));
        foreach (var job in jobs)
            await engine.EndAsync(job.JobId);

        Assert.Equal(Enumerable.Range(0, 40), order);
    }

    [Fact]
    public async Task A_full_kind_does_not_hold_up_another()
    {
        var release = new Signal();
        await using var engine = await EngineHost.StartAsync(
            o => o.MaxConcurrencyByKind["slow"] = 1,
            new LambdaWorkload("slow", _ => release.Task), new LambdaWorkload("quick", Task (_) => Task.CompletedTask));
        var slow = new[] { await engine.SubmitAsync("slow"), await engine.SubmitAsync("slow") };

        await engine.RunAsync("quick");

        release.Set();
        foreach (var job in slow)
            await engine.EndAsync(job.JobId);
    }

    [Fact]
    public async Task A_waiting_job_knows_its_place_and_is_told_when_it_moves_up()
    {
        var releases = new[] { new Signal(), new Signal() };
        var begun = -1;
        await using var engine = await EngineHost.StartAsync(
            o => o.MaxConcurrency = 1,
            new LambdaWorkload("waits", _ => releases[Math.Min(Interlocked.Increment(ref begun), 1)].Task));
        var jobs = new List<JobSnapshot> { await engine.SubmitAsync("waits") };
        await engine.ReachAsync(jobs[0].JobId, JobState.Running);
        for (var i = 0; i < 3; i++)
            jobs.Add(await engine.SubmitAsync("waits"));

        Assert.Equal([0, 1, 2], await Task.WhenAll(jobs.Skip(1).Select(async j =>
            (await engine.Jobs.FindAsync(j.JobId, EngineHost.Owner, CancellationToken.None))!.QueuePosition)));
        var last = engine.EndAsync(jobs[3].JobId);
        releases[0].Set();
        await engine.ReachAsync(jobs[1].JobId, JobState.Running);
        await Patience.UntilAsync(
            async () => (await engine.Get<EventFeeds>().FindAsync(jobs[3].JobId, CancellationToken.None))!.Snapshot is { QueuePosition: 1, Seq: > 1 },
            "it is told that it moved up");

        releases[1].Set();
        var events = await last.Soon();
        Assert.Contains(events.OfType<QueuedEvent>(), e => e.Position == 1);
    }

    [Fact]
    public async Task Five_hundred_empty_jobs_complete()
    {
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("empty", Task (_) => Task.CompletedTask));
        var reads = 0;
        engine.Faults.Before = (method, _) =>
        {
            if (method == "FindSnapshotAsync")
                Interlocked.Increment(ref reads);
            return Task.CompletedTask;
        };

        var jobs = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => Task.Run(() => engine.SubmitAsync("empty"))));
        await Patience.UntilAsync(
            async () => (await engine.Get<IJobStore>().CountAsync(CancellationToken.None)) is [{ State: JobState.Succeeded, Count: 500 }],
            "all have succeeded");

        Assert.Equal(500, jobs.Select(j => j.JobId).Distinct().Count());
        await Patience.UntilAsync(() => engine.Get<JobQueue>().Running.Values.Sum() == 0, "all places are free");
        Assert.InRange(Volatile.Read(ref reads), 0, 600);
    }

    [Fact]
    public async Task A_job_that_is_due_but_finds_no_place_does_not_keep_the_queue_spinning()
    {
        var release = new Signal();
        await using var engine = await EngineHost.StartAsync(
            o => o.MaxConcurrencyByKind["one"] = 1,
            new LambdaWorkload("one", async context =>
            {
                if (context.Attempt == 1 && context.Input.TryGetProperty("fail", out _))
                    throw new WorkloadException("busy", "Busy.") { IsTransient = true };
                await release.Task;
            }));
        var delayed = await engine.SubmitAsync("one", """{"fail":true}""");
        var occupant = await engine.SubmitAsync("one");
        await Patience.UntilAsync(
            async () => (await Task.WhenAll(new[] { delayed, occupant }.Select(async j =>
                (await engine.Jobs.FindAsync(j.JobId, EngineHost.Owner, CancellationToken.None))!.State))).Order()
                .SequenceEqual([JobState.Queued, JobState.Running]),
            "one runs and one is due");
        await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        var looks = 0;
        engine.Faults.Before = (method, _) =>
        {
            if (method == "NextRunAfterAsync")
                Interlocked.Increment(ref looks);
            return Task.CompletedTask;
        };

        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);

        Assert.InRange(Volatile.Read(ref looks), 0, 1);
        release.Set();
        await engine.EndAsync(delayed.JobId);
        await engine.EndAsync(occupant.JobId);
    }

    private static LambdaWorkload Measured(string kind, Meter own, Meter all, int most) => new(kind, async _ =>
    {
        own.Enter();
        all.Enter();
        await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        all.Leave();
        own.Leave();
    })
    {
        Descriptor = LambdaWorkload.Describe(kind) with { MaxConcurrency = most },
    };

    private sealed class Meter
    {
        private readonly Lock _gate = new();
        private int _now;

        public int Most { get; private set; }

        public int Count { get; private set; }

        public void Enter()
        {
            lock (_gate)
            {
                Count++;
                Most = Math.Max(Most, ++_now);
            }
        }

        public void Leave()
        {
            lock (_gate)
                _now--;
        }
    }
}

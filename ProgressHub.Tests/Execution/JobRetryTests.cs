using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Execution;

public sealed class JobRetryTests
{
    private readonly List<(JobId Job, int Index)> _done = [];
    private bool _works;

    [Fact]
    public async Task Retrying_what_failed_does_only_that_and_shows_the_rest_in_the_new_log()
    {
        await using var engine = await EngineHost.StartAsync(Pieces());
        var first = await engine.RunAsync("pieces");
        Assert.Equal("items_failed", ((DoneEvent)first[^1]).Error!.Code);
        _works = true;

        var second = await RetryAsync(engine, first[0].JobId, RetryScope.FailedItems);
        var events = await engine.EndAsync(second.JobId);

        Assert.Equal([1, 3], _done.Where(d => d.Job == second.JobId).Select(d => d.Index));
        Assert.Equal([0, 2, 4, 1, 3], events.OfType<PartialEvent>().Select(p => p.Index));
        Assert.Equal("piece 2", events.OfType<PartialEvent>().Single(p => p.Index == 2).Text);
        Assert.Equal(first[0].JobId, ((QueuedEvent)events[0]).RetryOf);
        Assert.Equal(JobState.Succeeded, ((DoneEvent)events[^1]).State);
        var snapshot = await engine.Jobs.FindAsync(second.JobId, EngineHost.Owner, CancellationToken.None);
        Assert.Equal((5, 0, first[0].JobId), (snapshot!.Partials.Ok, snapshot.Partials.Failed, snapshot.RetryOf!.Value));
    }

    [Fact]
    public async Task Retrying_all_does_everything_again()
    {
        await using var engine = await EngineHost.StartAsync(Pieces());
        var first = await engine.RunAsync("pieces");
        _works = true;

        var second = await RetryAsync(engine, first[0].JobId, RetryScope.All);
        await engine.EndAsync(second.JobId);

        Assert.Equal([0, 1, 2, 3, 4], _done.Where(d => d.Job == second.JobId).Select(d => d.Index));
    }

    [Fact]
    public async Task A_retry_of_a_retry_has_the_pieces_of_both()
    {
        await using var engine = await EngineHost.StartAsync(Pieces());
        var first = await engine.RunAsync("pieces");
        var second = await RetryAsync(engine, first[0].JobId, RetryScope.FailedItems);
        await engine.EndAsync(second.JobId);
        _works = true;

        var third = await RetryAsync(engine, second.JobId, RetryScope.FailedItems);
        var events = await engine.EndAsync(third.JobId);

        Assert.Equal([1, 3], _done.Where(d => d.Job == third.JobId).Select(d => d.Index));
        Assert.Equal(5, events.OfType<PartialEvent>().Count());
    }

    [Fact]
    public async Task The_job_that_is_retried_stays_as_it_ended()
    {
        await using var engine = await EngineHost.StartAsync(Pieces());
        var first = await engine.RunAsync("pieces");

        await engine.EndAsync((await RetryAsync(engine, first[0].JobId, RetryScope.FailedItems)).JobId);

        Assert.Equal(first.Count, (await engine.EndAsync(first[0].JobId)).Count);
    }

    [Fact]
    public async Task Only_a_finished_job_is_retried_and_only_what_failed()
    {
        var release = new Signal();
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("waits", _ => release.Task));
        var job = await engine.SubmitAsync("waits");
        Assert.Equal("not_finished", (await Assert.ThrowsAsync<JobConflictException>(
            () => RetryAsync(engine, job.JobId, RetryScope.All))).Code);
        release.Set();
        await engine.EndAsync(job.JobId);

        Assert.Equal("nothing_failed", (await Assert.ThrowsAsync<JobConflictException>(
            () => RetryAsync(engine, job.JobId, RetryScope.FailedItems))).Code);
        await engine.EndAsync((await RetryAsync(engine, job.JobId, RetryScope.All)).JobId);
    }

    private static async Task<JobSnapshot> RetryAsync(EngineHost engine, JobId id, RetryScope scope) =>
        (await engine.Jobs.RetryAsync(id, EngineHost.Owner, scope, CancellationToken.None).Soon())!.Snapshot;

    /// <summary>Five pieces, of which 1 and 3 fail until it works.</summary>
    private LambdaWorkload Pieces() => new("pieces", async context =>
    {
        var failed = 0;
        for (var i = 0; i < 5; i++)
        {
            if (context.RestoredPartials.ContainsKey(i))
                continue;
            _done.Add((context.JobId, i));
            var ok = _works || i % 2 == 0;
            failed += ok ? 0 : 1;
            await context.PartialAsync(new PartialResult(i, 5) { Text = ok ? $"piece {i}" : null, Error = ok ? null : "no" });
        }

        return new WorkloadOutcome(null, failed);
    });
}

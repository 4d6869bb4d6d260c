using System.Text.Json;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Execution;

public sealed class JobSubmitTests
{
    private static LambdaWorkload Quick => new("quick", Task (_) => Task.CompletedTask);

    [Fact]
    public async Task A_submission_is_on_disk_when_it_is_answered_and_says_what_it_is()
    {
        await using var engine = await EngineHost.StartAsync(Quick);

        var submission = await engine.Jobs.SubmitAsync(
            Request() with { Title = "  My\njob ", Tags = ["b", "a", " b "] }, CancellationToken.None);

        Assert.True(submission.Created);
        Assert.Equal((JobState.Queued, 1L, "My job", "quick"), (submission.Snapshot.State, submission.Snapshot.Seq, submission.Snapshot.Title, submission.Snapshot.Kind));
        Assert.Equal(["b", "a"], submission.Snapshot.Tags);
        var stored = await engine.Get<IJobStore>().FindAsync(submission.Snapshot.JobId, CancellationToken.None);
        Assert.Equal((EngineHost.Owner, "My job"), (stored!.Owner, stored.Title));
    }

    [Fact]
    public async Task A_kind_that_does_not_exist_is_refused_with_those_that_do() =>
        Assert.Contains("quick", (await RefusedAsync(Request() with { Kind = "nope" }, "unknown_kind")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task What_is_missing_is_told_by_name()
    {
        var kind = await RefusedAsync(Request() with { Kind = null! }, "unknown_kind");
        var input = await RefusedAsync(Request() with { Input = default }, "invalid_input");

        Assert.Equal(("kind", "input"), (kind.Property, input.Property));
        Assert.StartsWith("'kind' is missing", kind.Message, StringComparison.Ordinal);
        Assert.StartsWith("'input' is missing", input.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_title_that_is_too_long_is_refused() =>
        await RefusedAsync(Request() with { Title = new string('x', JobService.MaxTitle + 1) }, "title_too_long");

    [Theory, InlineData(""), InlineData("  "), InlineData("123456789012345678901234567890123456789012345678901"), InlineData(null)]
    public async Task A_tag_that_is_empty_or_too_long_is_refused(string? tag) =>
        await RefusedAsync(Request() with { Tags = [tag!] }, "invalid_tag");

    [Fact]
    public async Task Too_many_tags_are_refused() => await RefusedAsync(
        Request() with { Tags = [.. Enumerable.Range(0, JobService.MaxTags + 1).Select(n => $"{n}")] }, "too_many_tags");

    [Fact]
    public async Task An_input_the_workload_does_not_take_creates_nothing()
    {
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("picky", Task (_) => Task.CompletedTask)
        {
            Plan = (_, _) => throw new WorkloadException("invalid_input", "No.") { Property = "text" },
        });

        var refused = await Assert.ThrowsAsync<WorkloadException>(() => engine.SubmitAsync("picky"));

        Assert.Equal(("invalid_input", "text"), (refused.Code, refused.Property));
        Assert.Empty(await engine.Get<IJobStore>().CountAsync(CancellationToken.None));
        Assert.Equal(0, engine.Get<JobQueue>().Waiting);
    }

    [Fact]
    public async Task Too_many_waiting_jobs_are_refused_until_some_have_run()
    {
        var release = new Signal();
        await using var engine = await EngineHost.StartAsync(
            o => (o.MaxConcurrency, o.MaxQueuedJobs) = (1, 2), new LambdaWorkload("waits", _ => release.Task));
        var first = await engine.SubmitAsync("waits");
        await engine.ReachAsync(first.JobId, JobState.Running);
        await engine.SubmitAsync("waits");
        var last = await engine.SubmitAsync("waits");

        var refused = await Assert.ThrowsAsync<WorkloadException>(() => engine.SubmitAsync("waits"));
        Assert.Equal(("queue_full", true), (refused.Code, refused.IsTransient));

        release.Set();
        await engine.EndAsync(last.JobId);
        await engine.SubmitAsync("waits");
    }

    [Fact]
    public async Task Too_many_waiting_jobs_of_one_owner_are_refused_and_others_may_still_submit()
    {
        var release = new Signal();
        await using var engine = await EngineHost.StartAsync(
            o => (o.MaxConcurrency, o.MaxQueuedJobsPerOwner) = (1, 2), new LambdaWorkload("waits", _ => release.Task));
        await engine.ReachAsync((await engine.SubmitAsync("waits")).JobId, JobState.Running);
        await engine.SubmitAsync("waits");
        await engine.SubmitAsync("waits", owner: "bob");
        var last = await engine.SubmitAsync("waits");

        var refused = await Assert.ThrowsAsync<WorkloadException>(() => engine.SubmitAsync("waits"));
        Assert.Equal(("queue_full", true), (refused.Code, refused.IsTransient));
        Assert.Contains("2 of your jobs wait already", refused.Message, StringComparison.Ordinal);
        var others = await engine.SubmitAsync("waits", owner: "bob");

        release.Set();
        await engine.EndAsync(last.JobId);
        await engine.EndAsync(others.JobId, "bob");
        await engine.SubmitAsync("waits");
    }

    [Fact]
    public async Task The_same_key_and_body_give_the_same_job_and_it_runs_once()
    {
        var runs = 0;
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("quick", Task (_) =>
        {
            Interlocked.Increment(ref runs);
            return Task.CompletedTask;
        }));
        var request = Request("""{"a":1}""") with { IdempotencyKey = "k" };

        var submissions = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            _ => Task.Run(() => engine.Jobs.SubmitAsync(request, CancellationToken.None))));

        var id = Assert.Single(submissions.Select(s => s.Snapshot.JobId).Distinct());
        Assert.Single(submissions, s => s.Created);
        await engine.EndAsync(id);
        var again = await engine.Jobs.SubmitAsync(request, CancellationToken.None);
        Assert.Equal((id, false, JobState.Succeeded), (again.Snapshot.JobId, again.Created, again.Snapshot.State));
        Assert.Equal((1, 0L), (runs, engine.Get<JobQueue>().Waiting));
        Assert.Equal(0, engine.Get<EventFeeds>().WatcherCount);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_a_conflict_and_with_another_owner_is_not()
    {
        await using var engine = await EngineHost.StartAsync(Quick);
        var request = Request("""{"a":1}""") with { IdempotencyKey = "k" };
        await engine.Jobs.SubmitAsync(request, CancellationToken.None);

        foreach (var other in new[]
        {
            request with { Input = JsonElement.Parse("""{"a":2}""") }, request with { Title = "T" }, request with { Tags = ["t"] },
        })
        {
            var conflict = await Assert.ThrowsAsync<JobConflictException>(() => engine.Jobs.SubmitAsync(other, CancellationToken.None));
            Assert.Equal("idempotency_key_reused", conflict.Code);
        }

        Assert.True((await engine.Jobs.SubmitAsync(request with { Owner = "bob" }, CancellationToken.None)).Created);
        Assert.False((await engine.Jobs.SubmitAsync(request with { Input = JsonElement.Parse("""{ "a" : 1 }""") }, CancellationToken.None)).Created);
    }

    [Fact]
    public async Task An_owners_stream_tells_of_a_job_before_it_tells_what_became_of_it()
    {
        await using var engine = await EngineHost.StartAsync(Quick);
        var (watcher, _) = engine.Get<OwnerFeeds>().Watch(EngineHost.Owner, null, inline: false);
        using var disposing = watcher;
        var log = engine.Get<IEventLog>();

        // The submitter hears late of what is on disk; the queue looks again meanwhile.
        engine.Faults.AfterCreate = async id =>
        {
            engine.Get<JobQueue>().Signal();
            var begun = Patience.UntilAsync(async () => (await log.FindSnapshotAsync(id, CancellationToken.None))!.Snapshot.Seq > 1, "it began");
            await Task.WhenAny(begun, Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System));
        };

        var events = await engine.RunAsync("quick");

        var frames = new EventFrame[10];
        await Patience.UntilAsync(() => watcher.Cursor == 0 && engine.Get<OwnerFeeds>().Last(EngineHost.Owner) == events.Count, "all is shown");
        Assert.Equal(events.Select(e => e.Seq), frames.Take(watcher.Read(frames)).Select(f => f.Seq));
    }

    private static JobRequest Request(string input = "{}") => new()
    {
        Kind = "quick", Input = JsonElement.Parse(input), Owner = EngineHost.Owner,
    };

    private static async Task<WorkloadException> RefusedAsync(JobRequest request, string code)
    {
        await using var engine = await EngineHost.StartAsync(Quick);
        var refused = await Assert.ThrowsAsync<WorkloadException>(() => engine.Jobs.SubmitAsync(request, CancellationToken.None));
        Assert.Equal(code, refused.Code);
        Assert.Empty(await engine.Get<IJobStore>().CountAsync(CancellationToken.None));
        return refused;
    }
}

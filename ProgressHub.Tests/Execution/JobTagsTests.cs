using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Execution;

/// <summary>Tags can be given and taken wherever a job stands; whoever watches it is told as long as its log is open.</summary>
public sealed class JobTagsTests
{
    private readonly Signal _running = new();
    private readonly Signal _release = new();

    [Fact]
    public async Task Tags_change_in_the_queue_while_a_job_runs_and_once_it_has_ended()
    {
        await using var engine = await EngineHost.StartAsync(o => o.MaxConcurrency = 1, Held());
        var first = await engine.SubmitAsync("held");
        await _running.Task.Soon();
        var queued = await engine.SubmitAsync("held");

        Assert.Equal(["a", "b"], (await ChangeAsync(engine, queued.JobId, new(["a", "b"], [])))!.Tags);
        Assert.Equal(["a"], (await ChangeAsync(engine, first.JobId, new(["a"], [])))!.Tags);
        Assert.Equal(["c"], (await ChangeAsync(engine, first.JobId, new(["c"], ["a", "never had"])))!.Tags);
        _release.Set();
        var events = await engine.EndAsync(first.JobId);
        Assert.Equal(["queued", "started", "tags", "tags", "done"], events.Select(e => e.Type));
        Assert.Equal(["queued", "tags", "started", "done"], (await engine.EndAsync(queued.JobId)).Select(e => e.Type));

        Assert.Equal(["c", "d"], (await ChangeAsync(engine, first.JobId, new(["d"], [])))!.Tags);

        Assert.Equal(events.Count, (await engine.Jobs.ReadEventsAsync(first.JobId, EngineHost.Owner, 0, 100, default))!.Count);
        Assert.Equal(["c", "d"], (await FindAsync(engine, first.JobId)).Tags);
        Assert.Equal([first.JobId], await WithTagAsync(engine, "d"));
        Assert.Equal([queued.JobId], await WithTagAsync(engine, "b"));
        Assert.Equal([queued.JobId], await WithTagAsync(engine, "a"));
    }

    [Fact]
    public async Task What_two_do_at_once_to_the_tags_of_a_job_is_both_done()
    {
        await using var engine = await EngineHost.StartAsync(Held());
        var job = await engine.SubmitAsync("held");
        await _running.Task.Soon();
        string[] tags = [.. Enumerable.Range(0, 10).Select(i => $"t{i}")];

        await Task.WhenAll(tags.Select(tag => ChangeAsync(engine, job.JobId, new([tag], []))));
        _release.Set();
        await engine.EndAsync(job.JobId);
        await Task.WhenAll(tags.Select(tag => ChangeAsync(engine, job.JobId, new([$"{tag}!"], [tag]))));

        Assert.Equal(tags.Select(tag => $"{tag}!"), (await FindAsync(engine, job.JobId)).Tags.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_changes_nothing_tells_of_nothing_and_what_is_not_acceptable_changes_nothing()
    {
        await using var engine = await EngineHost.StartAsync(Held());
        var job = await engine.SubmitAsync("held");
        await _running.Task.Soon();
        await ChangeAsync(engine, job.JobId, new(["a"], []));

        await ChangeAsync(engine, job.JobId, new([" a "], ["b"]));
        var tooMany = await Assert.ThrowsAsync<WorkloadException>(
            () => ChangeAsync(engine, job.JobId, new([.. Enumerable.Range(0, JobService.MaxTags).Select(i => $"t{i}")], [])));
        var empty = await Assert.ThrowsAsync<WorkloadException>(() => ChangeAsync(engine, job.JobId, new(["  "], ["a"])));

        Assert.Equal(("too_many_tags", "invalid_tag"), (tooMany.Code, empty.Code));
        Assert.Equal(["a"], (await FindAsync(engine, job.JobId)).Tags);
        Assert.Null(await engine.Jobs.ChangeTagsAsync(job.JobId, "eve", new(["x"], []), default));
        _release.Set();
        Assert.Equal(["queued", "started", "tags", "done"], (await engine.EndAsync(job.JobId)).Select(e => e.Type));
    }

    private static Task<JobSnapshot?> ChangeAsync(EngineHost engine, JobId job, TagChange change) =>
        engine.Jobs.ChangeTagsAsync(job, EngineHost.Owner, change, CancellationToken.None).Soon();

    private static async Task<JobSnapshot> FindAsync(EngineHost engine, JobId job) =>
        (await engine.Jobs.FindAsync(job, EngineHost.Owner, CancellationToken.None))!;

    private static async Task<IEnumerable<JobId>> WithTagAsync(EngineHost engine, string tag) =>
        (await engine.Jobs.ListAsync(new JobQuery { Owner = EngineHost.Owner, Tag = tag }, CancellationToken.None)).Items.Select(job => job.JobId);

    private LambdaWorkload Held() => new("held", async _ =>
    {
        _running.Set();
        await _release.Task;
        return LambdaWorkload.Nothing;
    });
}

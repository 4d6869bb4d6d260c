using System.Text;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Execution;

public sealed class JobReadTests
{
    private readonly Signal _reached = new();
    private readonly Signal _release = new();

    [Fact]
    public async Task Waiting_for_news_returns_with_them()
    {
        await using var engine = await EngineHost.StartAsync(Pieces());
        var job = await engine.SubmitAsync("pieces");
        await _reached.Task.Soon();
        var present = await SettledAsync(engine, job.JobId);

        var waiting = engine.Jobs.WaitAsync(job.JobId, EngineHost.Owner, present.Seq, TimeSpan.FromHours(1), CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        _release.Set();

        Assert.True((await waiting.Soon())!.Seq > present.Seq);
        await engine.EndAsync(job.JobId);
        Assert.Equal(0, engine.Get<EventFeeds>().WatcherCount);
    }

    [Fact]
    public async Task Waiting_for_news_that_do_not_come_returns_in_time_or_when_it_is_given_up()
    {
        await using var engine = await EngineHost.StartAsync(Pieces());
        var job = await engine.SubmitAsync("pieces");
        await _reached.Task.Soon();
        var present = await SettledAsync(engine, job.JobId);

        var same = await engine.Jobs.WaitAsync(
            job.JobId, EngineHost.Owner, present.Seq, TimeSpan.FromMilliseconds(30), CancellationToken.None).Soon();
        Assert.Equal(present.Seq, same!.Seq);

        using var disconnect = new CancellationTokenSource();
        var waiting = engine.Jobs.WaitAsync(job.JobId, EngineHost.Owner, present.Seq, TimeSpan.FromHours(1), disconnect.Token);
        await disconnect.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Soon());
        Assert.Equal(0, engine.Get<EventFeeds>().WatcherCount);
        _release.Set();
        await engine.EndAsync(job.JobId);
    }

    [Fact]
    public async Task There_is_nothing_to_wait_for_once_the_job_has_ended()
    {
        _release.Set();
        await using var engine = await EngineHost.StartAsync(Pieces());
        var events = await engine.RunAsync("pieces");

        var snapshot = await engine.Jobs.WaitAsync(
            events[0].JobId, EngineHost.Owner, events.Count, TimeSpan.FromHours(1), CancellationToken.None).Soon();

        Assert.Equal(JobState.Succeeded, snapshot!.State);
    }

    [Fact]
    public async Task What_there_is_of_a_result_can_be_had_before_the_end()
    {
        await using var engine = await EngineHost.StartAsync(Pieces());
        var job = await engine.SubmitAsync("pieces");
        await _reached.Task.Soon();
        await SettledAsync(engine, job.JobId);

        Assert.Null(await engine.Jobs.ReadResultAsync(job.JobId, EngineHost.Owner, soFar: false, CancellationToken.None));
        Assert.Equal("a,c", await TextAsync(engine, job.JobId, soFar: true));

        _release.Set();
        await engine.EndAsync(job.JobId);
        Assert.Equal("whole", await TextAsync(engine, job.JobId, soFar: false));
        Assert.Equal("whole", await TextAsync(engine, job.JobId, soFar: true));
    }

    [Fact]
    public async Task Pieces_come_in_pages_the_latest_of_each()
    {
        _release.Set();
        await using var engine = await EngineHost.StartAsync(Pieces());
        var id = (await engine.RunAsync("pieces"))[0].JobId;

        var first = await engine.Jobs.ReadPartialsAsync(id, EngineHost.Owner, -1, 1, CancellationToken.None);
        var second = await engine.Jobs.ReadPartialsAsync(id, EngineHost.Owner, 0, 10, CancellationToken.None);

        Assert.Equal("a", ((PartialEvent)Assert.Single(first!).Decode()).Text);
        Assert.Equal("c", ((PartialEvent)Assert.Single(second!).Decode()).Text);
    }

    [Fact]
    public async Task Events_come_in_pages()
    {
        _release.Set();
        await using var engine = await EngineHost.StartAsync(Pieces());
        var events = await engine.RunAsync("pieces");

        var page = await engine.Jobs.ReadEventsAsync(events[0].JobId, EngineHost.Owner, 2, 2, CancellationToken.None);

        Assert.Equal([3, 4], page!.Select(f => f.Seq));
        Assert.Empty((await engine.Jobs.ReadEventsAsync(events[0].JobId, EngineHost.Owner, events.Count, 2, CancellationToken.None))!);
    }

    private static async Task<string> TextAsync(EngineHost engine, JobId id, bool soFar) => Encoding.UTF8.GetString(
        (await engine.Jobs.ReadResultAsync(id, EngineHost.Owner, soFar, CancellationToken.None))!.Body.Span);

    /// <summary>The state once everything up to the wait is on disk and the tick has passed.</summary>
    private static async Task<JobSnapshot> SettledAsync(EngineHost engine, JobId id)
    {
        JobSnapshot? snapshot = null;
        await Patience.UntilAsync(
            async () => (snapshot = await engine.Jobs.FindAsync(id, EngineHost.Owner, CancellationToken.None))!.Seq == 5, "all is told");
        return snapshot!;
    }

    /// <summary>Piece 0 and twice piece 1, then a wait.</summary>
    private LambdaWorkload Pieces() => new("pieces", async context =>
    {
        await context.PartialAsync(new PartialResult(0, 2) { Text = "a" });
        await context.PartialAsync(new PartialResult(1, 2) { Text = "b" });
        await context.PartialAsync(new PartialResult(1, 2) { Text = "c" });
        _reached.Set();
        await _release.WaitAsync(context.CancellationToken);
        return new WorkloadOutcome(LambdaWorkload.Text("whole"));
    });
}

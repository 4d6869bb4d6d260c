using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.External;
using static ProgressHub.Tests.Workloads.External.ExternalHost;

namespace ProgressHub.Tests.Workloads.External;

public sealed class ExternalRunTests
{
    private const string TwoStages = """{"stages":[{"name":"a","weight":1},{"name":"b","label":"The second","weight":3}]}""";

    [Fact]
    public async Task What_is_reported_becomes_events_in_its_order_and_is_on_disk_when_it_is_answered()
    {
        await using var engine = await ExternalHost.StartAsync();
        var id = await engine.BeginAsync(TwoStages);

        var answer = await engine.TellAsync(
            id, At(1, 0.5), Line(2, "one", "two"), At(3, 0.5, "b", "half of b"),
            new WorkloadUpdate { Number = 4, Partial = new PartialResult(0, 2) { Text = "piece" } });

        var stored = await engine.Get<IEventLog>().FindSnapshotAsync(id, CancellationToken.None);
        Assert.Equal((answer!.Seq, 4L), (stored!.Snapshot.Seq, stored.Snapshot.Report!.Value));
        Assert.Equal((4L, false, JobState.Running), (answer.Number!.Value, answer.CancelRequested, answer.State));
        var now = await engine.SnapshotAsync(id);
        Assert.Equal(("b", 0.625, "half of b", 1), (now.Stage, now.Fraction, now.Message, now.Partials.Ok));
        Assert.True(await engine.FinishAsync(id));
        var events = await engine.EndAsync(id);
        Assert.Equal(["one", "two"], events.Lines());
        Assert.Equal([1, 2, 2, 3, 3, 4], events.Where(e => e.Report is not null).Select(e => (int)e.Report!));
    }

    [Fact]
    public async Task A_number_is_applied_once_and_a_lower_one_no_more()
    {
        await using var engine = await ExternalHost.StartAsync();
        var id = await engine.BeginAsync();

        await engine.TellAsync(id, Line(5, "five"));
        var again = await engine.TellAsync(id, Line(5, "five"));
        var lower = await engine.TellAsync(id, Line(4, "four"), Line(6, "six"), Line(6, "six"), Line(null, "free"));
        await engine.FinishAsync(id);

        Assert.Equal((5L, 6L), (again!.Number!.Value, lower!.Number!.Value));
        Assert.Equal(["five", "six", "free"], (await engine.EndAsync(id)).Lines());
    }

    [Fact]
    public async Task Two_programs_that_report_at_once_lose_nothing()
    {
        await using var engine = await ExternalHost.StartAsync();
        var id = await engine.BeginAsync();

        await Task.WhenAll(Enumerable.Range(0, 2).Select(program => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
                Assert.NotNull(await engine.TellAsync(id, Line(null, $"{program}:{i}")));
        }))).Soon();
        await engine.FinishAsync(id);

        var lines = (await engine.EndAsync(id)).Lines().ToList();
        foreach (var program in (string[])["0:", "1:"])
            Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{program}{i}"), lines.Where(l => l.StartsWith(program, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_unknown_stage_is_refused_and_nothing_of_its_group_is_applied()
    {
        await using var engine = await ExternalHost.StartAsync();
        var id = await engine.BeginAsync(TwoStages);

        var refusal = await Assert.ThrowsAsync<WorkloadException>(() => engine.TellAsync(id, Line(1, "no"), At(2, 0.5, "c")));
        await engine.FinishAsync(id);

        Assert.Equal("unknown_stage", refusal.Code);
        Assert.Empty((await engine.EndAsync(id)).Lines());
    }

    [Fact]
    public async Task A_failure_ends_the_job_with_the_programs_own_words()
    {
        await using var engine = await ExternalHost.StartAsync();
        var id = await engine.BeginAsync();

        await engine.FinishAsync(id, new ExternalEnd.Failed("out_of_paper", "No paper\r\n<b>left</b>."));

        var done = (DoneEvent)(await engine.EndAsync(id))[^1];
        Assert.Equal((JobState.Failed, "out_of_paper", "No paper  <b>left</b>."), (done.State, done.Error!.Code, done.Error.Message));
    }

    [Fact]
    public async Task Canceling_ends_the_job_and_later_reports_find_none()
    {
        await using var engine = await ExternalHost.StartAsync();
        var id = await engine.BeginAsync();

        await engine.Jobs.CancelAsync(id, EngineHost.Owner, CancellationToken.None).Soon();
        var done = (DoneEvent)(await engine.EndAsync(id))[^1];

        Assert.Equal(JobState.Canceled, done.State);
        Assert.Null(await engine.Get<ExternalJobs>().DeliverAsync(id, [], TimeSpan.FromMilliseconds(1), CancellationToken.None).Soon());
    }

    [Fact]
    public async Task External_jobs_hold_no_place_of_other_work_and_have_a_bound_of_their_own()
    {
        var busy = new LambdaWorkload("busy", context => Forever.WaitAsync(context.CancellationToken));
        await using var engine = await ExternalHost.StartAsync(
            options: o => (o.MaxConcurrency, o.MaxRemote) = (1, 2), workloads: busy);
        var other = await engine.SubmitAsync("busy");
        await engine.ReachAsync(other.JobId, JobState.Running);

        var first = await engine.BeginAsync();
        await engine.BeginAsync();
        var third = (await engine.SubmitAsync("external")).JobId;
        var waiting = await engine.SubmitAsync("busy");
        Assert.Equal(JobState.Queued, (await engine.SnapshotAsync(third)).State);
        await engine.FinishAsync(first);
        await engine.ReachAsync(third, JobState.Running);

        Assert.Equal(JobState.Queued, (await engine.SnapshotAsync(waiting.JobId)).State);
    }

    [Theory]
    [InlineData("""{"heartbeatSeconds":0}""", "heartbeatSeconds")]
    [InlineData("""{"heartbeatSeconds":86401}""", "heartbeatSeconds")]
    [InlineData("""{"heartbeatSeconds":"60"}""", "heartbeatSeconds")]
    [InlineData("""{"heartbeatSeconds":60,"failAfterSeconds":59}""", "failAfterSeconds")]
    [InlineData("""{"stages":[]}""", "stages")]
    [InlineData("""{"stages":{}}""", "stages")]
    [InlineData("""{"stages":[{"name":"a"},{"name":"a"}]}""", "stages")]
    [InlineData("""{"stages":[{"name":"a","weight":-1}]}""", "stages[0].weight")]
    [InlineData("""{"stages":[{"name":"a","weight":"1"}]}""", "stages[0].weight")]
    [InlineData("""{"stages":[{"label":"a"}]}""", "stages[0].name")]
    [InlineData("""{"stages":[{"name":"a\nb"}]}""", "stages[0].name")]
    [InlineData("[]", "input")]
    public async Task An_input_that_makes_no_sense_is_refused(string input, string property)
    {
        await using var engine = await ExternalHost.StartAsync();

        var refusal = await Assert.ThrowsAsync<WorkloadException>(() => engine.SubmitAsync("external", input));

        Assert.Equal(("invalid_input", property), (refusal.Code, refusal.Property));
    }
}

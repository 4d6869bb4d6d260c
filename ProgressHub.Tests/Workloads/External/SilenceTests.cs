using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;
using static ProgressHub.Tests.Workloads.External.ExternalHost;

namespace ProgressHub.Tests.Workloads.External;

public sealed class SilenceTests
{
    private const string Input = """{"heartbeatSeconds":60,"failAfterSeconds":300}""";

    private readonly ManualTime _time = new();

    [Fact]
    public async Task Silence_past_the_heartbeat_marks_the_job_stalled_and_a_late_report_revives_it()
    {
        await using var engine = await ExternalHost.StartAsync(_time);
        var id = await engine.BeginAsync(Input);
        await engine.TellAsync(id, At(1, 0.25, message: "Reading"));

        var stalled = await StallAsync(engine, id);
        await engine.TellAsync(id);
        var revived = await engine.SnapshotAsync(id);
        await engine.FinishAsync(id);

        Assert.Equal((JobState.Running, "No word from the program for 60 s", 0.25), (stalled.State, stalled.Message, stalled.Fraction));
        Assert.Equal(((bool?)null, "Reading", 0.25), (revived.Stalled, revived.Message, revived.Fraction));
        var events = await engine.EndAsync(id);
        Assert.Equal(["No word from the program for 60 s", "The program reports again"], events.Lines());
        Assert.Equal(JobLogLevel.Warning, events.OfType<LogEvent>().First().Level);
        Assert.Equal(JobState.Succeeded, ((DoneEvent)events[^1]).State);
    }

    [Fact]
    public async Task Silence_past_the_longer_limit_fails_the_job()
    {
        await using var engine = await ExternalHost.StartAsync(_time);
        var id = await engine.BeginAsync(Input);
        await StallAsync(engine, id);

        await AdvanceUntilAsync(engine, id, s => s.IsFinal);

        var done = (DoneEvent)(await engine.EndAsync(id))[^1];
        Assert.Equal((JobState.Failed, "stalled", "No word from the program for 300 s."), (done.State, done.Error!.Code, done.Error.Message));
        Assert.True(done.ElapsedMs >= 300_000);
    }

    [Fact]
    public async Task A_heartbeat_in_time_is_enough()
    {
        await using var engine = await ExternalHost.StartAsync(_time);
        var id = await engine.BeginAsync(Input);

        for (var i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(59));
            Assert.NotNull(await engine.TellAsync(id));
        }

        await engine.FinishAsync(id);
        Assert.Empty((await engine.EndAsync(id)).Lines());
    }

    private async Task<JobSnapshot> StallAsync(EngineHost engine, JobId id) =>
        await AdvanceUntilAsync(engine, id, s => s.Stalled == true);

    // The handler sets its next timer on a thread of its own; a clock that moves in small steps meets it.
    private async Task<JobSnapshot> AdvanceUntilAsync(EngineHost engine, JobId id, Func<JobSnapshot, bool> condition)
    {
        JobSnapshot? now = null;
        await Patience.UntilAsync(
            async () =>
            {
                _time.Advance(TimeSpan.FromSeconds(5));
                now = await engine.SnapshotAsync(id);
                return condition(now);
            },
            "the silence is noticed");
        return now!;
    }
}

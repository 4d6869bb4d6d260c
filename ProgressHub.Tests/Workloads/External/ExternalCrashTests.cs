using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.External;
using static ProgressHub.Tests.Workloads.External.ExternalHost;

namespace ProgressHub.Tests.Workloads.External;

/// <summary>I8 for work that goes on elsewhere while the server is down.</summary>
public sealed class ExternalCrashTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(20)]
    [InlineData(60)]
    public async Task After_a_crash_nothing_acknowledged_is_lost_and_nothing_sent_again_is_applied_twice(int crashAfter)
    {
        await using var engine = await ExternalHost.StartAsync();
        var id = await engine.BeginAsync();
        var acknowledged = 0L;
        var reached = new Signal();
        var stop = false;
        var crashing = engine.Get<ExternalJobs>();
        var program = Task.Run(async () =>
        {
            for (var number = 1; number <= 100 && !Volatile.Read(ref stop); number++)
            {
                WorkloadUpdate[] update = [Line(number, $"{number}a", $"{number}b", $"{number}c")];
                if (await crashing.DeliverAsync(id, update, Patience.Limit, CancellationToken.None) is not { } answer)
                    return;
                Volatile.Write(ref acknowledged, answer.Number!.Value);
                if (number == crashAfter)
                    reached.Set();
            }
        });
        await reached.Task.Soon();
        var before = Volatile.Read(ref acknowledged);

        await engine.CrashAsync();
        Volatile.Write(ref stop, true);
        await program.Soon();
        var resumed = await engine.TellAsync(id);
        for (var number = 1; number <= 100; number++)
            Assert.NotNull(await engine.TellAsync(id, Line(number, $"{number}a", $"{number}b", $"{number}c")));
        await engine.FinishAsync(id);

        Assert.True(resumed!.Number >= before, $"{resumed.Number} is on disk, {before} was acknowledged.");
        var events = await engine.EndAsync(id);
        Assert.Equal(Enumerable.Range(1, 100).SelectMany(n => (string[])[$"{n}a", $"{n}b", $"{n}c"]), events.Lines());
        Assert.Equal(2, events[^1].Attempt);
    }

    [Fact]
    public async Task The_stage_and_the_progress_are_where_they_were()
    {
        await using var engine = await ExternalHost.StartAsync();
        var id = await engine.BeginAsync("""{"stages":[{"name":"a"},{"name":"b"}]}""");
        await engine.TellAsync(id, At(7, 0.5, "b"));

        await engine.CrashAsync();
        var answer = await engine.TellAsync(id);

        var now = await engine.SnapshotAsync(id);
        Assert.Equal((7L, "b", 0.75, JobState.Running, 2), (answer!.Number!.Value, now.Stage, now.Fraction, now.State, now.Attempt));
        await engine.FinishAsync(id);
    }

    [Fact]
    public async Task Restarts_of_the_server_are_no_failures_of_the_program()
    {
        await using var engine = await ExternalHost.StartAsync(options: o => o.MaxInterruptionsWithoutProgress = 1);
        var id = await engine.BeginAsync();

        await engine.CrashAsync();
        Assert.NotNull(await engine.TellAsync(id));
        await engine.StopAsync();
        await engine.StartAsync();
        Assert.NotNull(await engine.TellAsync(id, Line(1, "still here")));
        await engine.FinishAsync(id);

        var events = await engine.EndAsync(id);
        Assert.Equal(["still here"], events.Lines());
        Assert.Equal(JobState.Succeeded, ((DoneEvent)events[^1]).State);
    }

    [Fact]
    public async Task Nothing_of_an_update_is_shown_or_answered_before_all_of_it_is_on_disk()
    {
        await using var engine = await ExternalHost.StartAsync();
        var id = await engine.BeginAsync();
        var hold = new Signal();
        var held = new Signal();
        engine.Faults.Before = (method, _) =>
        {
            if (method != "AppendAsync")
                return Task.CompletedTask;
            held.Set();
            return hold.Task;
        };

        var first = engine.TellAsync(id, Line(1, "1a", "1b", "1c"));
        await held.Task.Soon();
        var shown = await engine.SnapshotAsync(id);
        Assert.False(first.IsCompleted);
        hold.Set();
        var answer = await first;

        Assert.Null(shown.Report);
        Assert.Equal(shown.Seq + 3, answer!.Seq);
        engine.Faults.Before = null;
        await engine.FinishAsync(id);
    }
}

using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Execution;

public sealed class QueueSwitchTests
{
    [Fact]
    public async Task A_pause_outlasts_a_crash_what_ran_goes_on_and_what_waits_begins_once_it_is_resumed()
    {
        var (begun, release) = (new Signal(), new Signal());
        await using var engine = await EngineHost.StartAsync(
            new LambdaWorkload("held", async context =>
            {
                begun.Set();
                await release.Task.WaitAsync(context.CancellationToken);
            }),
            new LambdaWorkload("quick", _ => Task.CompletedTask));
        var running = await engine.SubmitAsync("held");
        await begun.Task.Soon();

        await engine.Get<QueueSwitch>().PauseAsync(null, "ada", "Ada", default);
        var waiting = await engine.SubmitAsync("quick");
        release.Set();
        await engine.EndAsync(running.JobId);
        await engine.CrashAsync();

        // It was counted and looked for at the start; a claim of the present finds nothing either.
        var pause = Assert.Single(await engine.Get<QueuePauses>().ReadAsync(default));
        Assert.Equal((null, "Ada"), (pause.Kind, pause.By));
        Assert.Empty(await engine.Get<JobQueue>().ClaimAsync(default));
        Assert.Equal(JobState.Queued, (await engine.Jobs.FindAsync(waiting.JobId, EngineHost.Owner, default))!.State);

        await engine.Get<QueueSwitch>().ResumeAsync(null, "ada", default);

        Assert.Equal("done", (await engine.EndAsync(waiting.JobId))[^1].Type);
        Assert.Empty(await engine.Get<QueuePauses>().ReadAsync(default));
    }
}

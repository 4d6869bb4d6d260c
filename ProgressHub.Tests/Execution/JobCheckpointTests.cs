using System.Text;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Execution;

public sealed class JobCheckpointTests
{
    private readonly Signal _reached = new();

    [Fact]
    public async Task A_checkpoint_that_returns_to_what_was_read_is_kept()
    {
        Assert.Equal("A", await ResumedFromAsync(async context =>
        {
            await context.SaveCheckpointAsync("A"u8.ToArray());
            await context.ReadCheckpointAsync();
            await context.SaveCheckpointAsync("B"u8.ToArray());
            await context.SaveCheckpointAsync("A"u8.ToArray());
        }));
    }

    [Fact]
    public async Task A_checkpoint_in_memory_that_its_owner_goes_on_to_use_is_kept()
    {
        Assert.Equal("B", await ResumedFromAsync(async context =>
        {
            var buffer = "A"u8.ToArray();
            await context.SaveCheckpointAsync(buffer);
            buffer[0] = (byte)'B';
            await context.SaveCheckpointAsync(buffer);
        }));
    }

    private async Task<string> ResumedFromAsync(Func<Core.Workloads.WorkloadContext, Task> first)
    {
        var resumed = "";
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("steps", async context =>
        {
            if (context.Attempt == 1)
            {
                await first(context);
                _reached.Set();
                await Forever.WaitAsync(context.CancellationToken);
            }

            resumed = Encoding.UTF8.GetString((await context.ReadCheckpointAsync() ?? default).Span);
        }));
        var job = await engine.SubmitAsync("steps");
        await _reached.Task.Soon();
        await engine.ReachAsync(job.JobId, JobState.Running);
        await engine.CrashAsync();

        Assert.Equal(JobState.Succeeded, ((DoneEvent)(await engine.EndAsync(job.JobId))[^1]).State);
        return resumed;
    }
}

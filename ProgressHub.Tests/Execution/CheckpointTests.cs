using System.Text;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Execution;

/// <summary>What was saved last is what the next attempt reads.</summary>
public sealed class CheckpointTests
{
    [Fact]
    public async Task A_checkpoint_that_goes_back_to_what_was_read_is_kept()
    {
        var read = new List<string?>();
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("saves", async Task (context) =>
        {
            read.Add(await context.ReadCheckpointAsync() is { } saved ? Encoding.UTF8.GetString(saved.Span) : null);
            if (context.Attempt == 3)
                return;
            await context.SaveCheckpointAsync("A"u8.ToArray());
            if (context.Attempt == 2)
            {
                await context.SaveCheckpointAsync("B"u8.ToArray());
                await context.SaveCheckpointAsync("A"u8.ToArray());
            }

            throw new WorkloadException("busy", "Busy.") { IsTransient = true };
        }));

        await engine.RunAsync("saves");

        Assert.Equal([null, "A", "A"], read);
    }

    [Fact]
    public async Task Saving_from_several_threads_keeps_the_last_of_each_order()
    {
        string? read = null;
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("saves", async Task (context) =>
        {
            if (context.Attempt == 1)
            {
                await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(
                    () => context.SaveCheckpointAsync(Encoding.UTF8.GetBytes($"{n}")).AsTask())));
                await context.SaveCheckpointAsync("last"u8.ToArray());
                throw new WorkloadException("busy", "Busy.") { IsTransient = true };
            }

            read = await context.ReadCheckpointAsync() is { } saved ? Encoding.UTF8.GetString(saved.Span) : null;
        }));

        await engine.RunAsync("saves");

        Assert.Equal("last", read);
    }
}

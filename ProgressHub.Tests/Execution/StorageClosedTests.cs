using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Execution;

/// <summary>A server that stops while its store is down: nothing may wait for a store that will never be back.</summary>
public sealed class StorageClosedTests
{
    [Theory]
    [InlineData("AppendAsync"), InlineData("SaveResultAsync")]
    public async Task An_attempt_that_waits_for_the_store_is_over_once_the_store_is_closed(string step)
    {
        var (reached, release) = (new Signal(), new Signal());
        await using var engine = await EngineHost.StartAsync(
            _ => { },
            services => services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(1)),
            new LambdaWorkload("steps", async context =>
            {
                reached.Set();
                await release.Task;
                await context.LogAsync(JobLogLevel.Info, "on");
                await context.SaveCheckpointAsync("x"u8.ToArray());
                return new WorkloadOutcome(LambdaWorkload.Text("x"));
            }));
        await engine.SubmitAsync("steps");
        await reached.Task.Soon();
        var running = engine.Get<RunningJobs>();
        var (down, refused) = (true, 0);
        engine.Faults.Before = (method, _) =>
        {
            if (method != step || !Volatile.Read(ref down))
                return Task.CompletedTask;
            Interlocked.Increment(ref refused);
            throw new StorageUnavailableException("Down for a test.");
        };
        release.Set();
        await Patience.UntilAsync(() => Volatile.Read(ref refused) >= 2, "the step was refused twice");

        await engine.StopAsync();
        Volatile.Write(ref down, false);

        await Patience.UntilAsync(() => !running.All.Any(), "nothing runs any more");
    }
}

using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Execution;

public sealed class JobFloodTests
{
    [Fact]
    public async Task A_handler_that_never_awaits_ends_its_own_job_and_no_other()
    {
        var refused = new Signal();
        await using var engine = await EngineHost.StartAsync(
            new LambdaWorkload("flood", context =>
            {
                try
                {
                    for (var i = 0; i < 1_000_000; i++)
                    {
                        _ = context.LogAsync(JobLogLevel.Info, "x").AsTask();
                        context.Progress.Report(new(i, 1_000_000));
                    }
                }
                finally
                {
                    refused.Set();
                }

                return Task.CompletedTask;
            }),
            new LambdaWorkload("other", Task (_) => Task.CompletedTask));
        var appended = 0;
        var flooding = new Signal();
        engine.Faults.Before = (method, _) => method == "AppendAsync" && Interlocked.Increment(ref appended) == 2 ? flooding.Task : Task.CompletedTask;
        var flood = await engine.SubmitAsync("flood");
        await Patience.UntilAsync(() => Volatile.Read(ref appended) >= 2, "the flood's commit is held");
        await engine.RunAsync("other");

        // Not before: on a busy machine the disk would keep up with it.
        await refused.Task.Soon();
        flooding.Set();

        var events = await engine.EndAsync(flood.JobId);
        Assert.Equal("internal_error", ((DoneEvent)events[^1]).Error!.Code);
        Assert.InRange(events.Count, 10_000, 60_000);
    }
}

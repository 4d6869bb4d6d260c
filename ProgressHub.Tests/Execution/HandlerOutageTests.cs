using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Execution;

/// <summary>A database of a workload's own that fails is an outage, and no defect of the job.</summary>
public sealed class HandlerOutageTests
{
    [Fact]
    public async Task A_job_whose_workload_meets_an_outage_is_tried_again()
    {
        var failures = 1;
        await using var engine = await EngineHost.StartAsync(
            new LambdaWorkload("stores", Task (_) => Interlocked.Decrement(ref failures) >= 0
                ? throw new StorageUnavailableException("notes.db can't be used now.")
                : Task.CompletedTask));

        var events = await engine.RunAsync("stores");

        Assert.Single(events.OfType<RetryingEvent>());
        Assert.Equal(JobState.Succeeded, ((DoneEvent)events[^1]).State);
    }

    [Fact]
    public void A_server_that_closes_and_a_defect_are_no_outage()
    {
        Assert.Null(HandlerFailure.Of(new StorageClosedException("Closed.")));
        Assert.Null(HandlerFailure.Of(new InvalidOperationException("A defect.")));
        var refusal = new WorkloadException("no", "No.");
        Assert.Same(refusal, HandlerFailure.Of(refusal));
    }
}

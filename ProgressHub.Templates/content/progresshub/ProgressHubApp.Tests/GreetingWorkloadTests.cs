using System.Text;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Testing;

namespace ProgressHubApp.Tests;

public sealed class GreetingWorkloadTests
{
    private static readonly GreetingInput Three = new(["Ada", "Grace", "Mary"], PauseMs: 0);

    [Fact]
    public async Task Everybody_is_greeted_and_the_bar_is_full()
    {
        using var harness = new WorkloadHarness(new GreetingWorkload());

        var run = await harness.RunAsync(Three);

        Assert.Equal(JobState.Succeeded, run.State);
        Assert.Equal("Hello, Ada!\nHello, Grace!\nHello, Mary!\n", Encoding.UTF8.GetString(run.Result!.Body.Span));
        Assert.Equal((3, 3), (run.Record.Updates[^1].Current, run.Record.Updates[^1].Total));
    }

    [Fact]
    public async Task Nobody_is_greeted_twice_though_the_server_stops_in_between()
    {
        using var harness = new WorkloadHarness(new GreetingWorkload()) { InterruptAfterPartials = 2 };

        var first = await harness.RunAsync(Three);
        harness.InterruptAfterPartials = null;
        var second = await harness.ResumeAsync(first);

        Assert.Equal(JobState.Succeeded, second.State);
        Assert.Equal([2], second.Record.Partials.Select(part => part.Index));
    }

    [Fact]
    public async Task Nobody_to_greet_is_refused()
    {
        using var harness = new WorkloadHarness(new GreetingWorkload());

        var refusal = await Assert.ThrowsAsync<WorkloadException>(() => harness.RunAsync(new GreetingInput([])));

        Assert.Equal("names", refusal.Property);
    }
}

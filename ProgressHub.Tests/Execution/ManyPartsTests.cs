using ProgressHub.Core.Events;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Execution;

public sealed class ManyPartsTests
{
    private const int Parts = 10_000;

    [Fact]
    public async Task Ten_thousand_parts_with_a_report_each_write_one_progress_event_an_interval_and_no_snapshot_is_behind()
    {
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("parts", async context =>
        {
            await context.BeginStageAsync("first");
            for (var i = 1; i <= Parts; i++)
            {
                context.Progress.Report(new(i, Parts));
                await context.PartialAsync(new PartialResult(i, Parts) { Text = "x" });
            }
        }));

        var events = await engine.RunAsync("parts");

        var took = events[^1].At - events[0].At;
        Assert.InRange(events.Count(e => e is ProgressEvent), 1, (int)(took / TimeSpan.FromMilliseconds(100)) + 3);
        Assert.Equal(Enumerable.Range(1, Parts), events.OfType<PartialEvent>().Select(p => p.Index));
        var state = JobSnapshot.Empty(events[0].JobId, events[0].At);
        foreach (var next in events)
        {
            state = state.Apply(next);
            if (next is PartialEvent partial)
                Assert.Equal(partial.Index, state.Current);
        }
    }

    [Fact]
    public async Task The_same_where_a_program_elsewhere_reports_them()
    {
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("parts", async context =>
        {
            await context.BeginStageAsync("first");
            for (var i = 1; i <= 1000; i++)
            {
                await context.ApplyAsync(
                    [new WorkloadUpdate { Number = i, Progress = new(i, 1000), Partial = new PartialResult(i, 1000) { Text = "x" } }]);
            }
        }));

        var events = await engine.RunAsync("parts");

        var took = events[^1].At - events[0].At;
        Assert.InRange(events.Count(e => e is ProgressEvent), 1, (int)(took / TimeSpan.FromMilliseconds(100)) + 3);
        Assert.Equal(1000, events.OfType<PartialEvent>().Last().Progress?.Current ?? 1000);
        Assert.Equal(Enumerable.Range(1, 1000), events.OfType<PartialEvent>().Select(p => (int)p.Report!));
    }
}

using ProgressHub.Core.Events;
using ProgressHub.Core.Progress;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Progress;

/// <summary>What is reported and has no progress event of its own, other events carry: order costs no event, and no event is behind.</summary>
public sealed class CarriedProgressTests : IDisposable
{
    private static readonly TimeSpan Interval = ProgressBench.Interval;

    private readonly ProgressBench _bench = new();
    private readonly ManualTime _time;

    public CarriedProgressTests() => _time = _bench.Time;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Whatever_else_is_said_carries_what_was_reported_before_it()
    {
        using var run = await _bench.StartAsync();
        run.Progress.BeginStage("one");
        run.Progress.Report(new(1, 4));
        run.Progress.Append(FeedBench.Line("after 1"));
        run.Progress.Report(new(2, 4));
        run.Progress.Append(FeedBench.Line("after 2"));
        run.Progress.Append(FeedBench.Line("again"));
        run.Progress.Report(new(3, 4));
        run.Progress.Append(new PartialEvent(0, 1, true, "after 3"));
        run.Progress.Report(new(4, 4));
        run.Progress.BeginStage("two");
        run.Progress.Report(new(5, 10));
        run.Progress.Close();

        Assert.Equal(
            ["stage one", "1", "after 1", "after 2 (2)", "again", "after 3 (3)", "4", "stage two", "5"],
            run.Events().Select(e => e switch
            {
                ProgressEvent p => $"{p.Current}",
                LogEvent l => l.Message,
                PartialEvent p => p.Text!,
                StageEvent s => $"stage {s.Stage}",
                _ => e.Type,
            } + (e.Progress is { } carried ? $" ({carried.Current})" : "")));
        Assert.Equal(
            [null, 1, 1, 2, 2, 3, 4, null, 5], run.Snapshots().Select(s => s.Current));
    }

    [Fact]
    public async Task However_much_stands_beside_the_reports_there_is_one_progress_event_an_interval()
    {
        using var run = await _bench.StartAsync();
        run.Progress.BeginStage("one");

        for (var i = 1; i <= 1000; i++)
        {
            run.Progress.Report(new(i, 1000));
            run.Progress.Append(new PartialEvent(i, 1000, true, $"{i}"));
            if (i % 100 == 50)
                run.Progress.BeginStage(i % 200 == 50 ? "two" : "one");
            _time.Advance(Interval / 100);
        }

        Assert.InRange(run.Updates().Count, 9, 12);
        Assert.Equal(Enumerable.Range(1, 1000), run.Events().OfType<PartialEvent>().Select(p => p.Index));
        var states = run.Snapshots();
        Assert.All(run.Events().Zip(states), pair =>
        {
            if (pair.First is PartialEvent partial)
                Assert.Equal(partial.Index, pair.Second.Current);
        });
        Assert.All(states.Zip(states.Skip(1)), pair => Assert.True(pair.First.Fraction <= pair.Second.Fraction));
    }

    [Fact]
    public async Task What_another_event_has_carried_goes_out_by_itself_too_once_it_is_time()
    {
        using var run = await _bench.StartAsync();
        run.Progress.Report(new(1, 4));
        run.Progress.Report(new(2, 4));
        run.Progress.Append(FeedBench.Line("after 2"));

        _time.Advance(Interval);
        _time.Advance(Interval);

        Assert.Equal([1, 2], run.Currents());
    }

    [Fact]
    public async Task A_group_that_fails_in_its_midst_leaves_no_stage_begun()
    {
        using var run = await _bench.StartAsync();
        run.Progress.BeginStage("one");
        run.Progress.Report(new(1, 4));
        run.Progress.Report(new(2, 4));
        ProgressGroup good = new(1, "two", new(1, 2), [FeedBench.Line("in two")]);
        ProgressGroup bad = new(2, null, null, [new PartialEvent(0, null, true, Data: default(System.Text.Json.JsonElement))]);

        Assert.ThrowsAny<Exception>(() => run.Progress.AppendTogether([good, bad]));
        Assert.Throws<ArgumentException>(() => run.Progress.AppendTogether([good, good with { Stage = "three" }]));
        Assert.Equal(["stage", "progress"], run.Events().Select(e => e.Type));
        run.Progress.AppendTogether([good]);

        Assert.Equal(["stage", "progress", "stage", "log"], run.Events().Select(e => e.Type));
        Assert.Equal((2, 1), (run.Events()[2].Progress!.Current, run.Events()[3].Progress!.Current));
        run.Progress.Close();
        Assert.Equal(["one", "two"], run.Progress.Finished().Select(s => s.Name));
    }
}

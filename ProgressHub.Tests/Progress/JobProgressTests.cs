using ProgressHub.Core.Events;
using ProgressHub.Core.Progress;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Progress;

/// <summary>I2: the overall fraction never falls and stays below 1. I5: reporting never blocks, throws or counts after the end.</summary>
public sealed class JobProgressTests : IDisposable
{
    private static readonly TimeSpan Interval = ProgressBench.Interval;

    private readonly ProgressBench _bench = new();
    private readonly ManualTime _time;

    public JobProgressTests() => _time = _bench.Time;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task The_first_report_goes_out_at_once_and_then_the_latest_once_an_interval()
    {
        using var run = await _bench.StartAsync();

        for (var i = 1; i <= 10; i++)
            run.Progress.Report(new(i, 100));
        Assert.Equal([1], run.Currents());

        _time.Advance(Interval - TimeSpan.FromTicks(1));
        Assert.Equal([1], run.Currents());
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal([1, 10], run.Currents());

        run.Progress.Report(new(11, 100));
        Assert.Equal([1, 10], run.Currents());
        _time.Advance(Interval);
        Assert.Equal([1, 10, 11], run.Currents());
    }

    [Fact]
    public async Task A_guess_that_takes_the_place_of_a_count_does_not_make_the_work_stand_still()
    {
        using var run = await _bench.StartAsync(new StagePlan(new Stage("one", "One", 1)));
        run.Progress.BeginStage("one");
        run.Progress.Report(new(0, 60));
        _time.Advance(TimeSpan.FromSeconds(2));

        // Every count comes just after a guess has gone out, and the next guess before its own turn.
        for (var i = 1; i <= 45; i++)
        {
            run.Progress.Report(new(i - 0.1, 60) { Estimated = true });
            run.Progress.Report(new(i, 60));
            run.Progress.Report(new(i + 0.1, 60) { Estimated = true });
            _time.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.InRange(run.Updates()[^1].Eta!.P50Ms, 25_000, 35_000);
    }

    [Fact]
    public async Task After_a_quiet_interval_the_next_report_goes_out_at_once()
    {
        using var run = await _bench.StartAsync();
        run.Progress.Report(new(1, 100));
        _time.Advance(Interval);
        Assert.Equal([1], run.Currents());

        run.Progress.Report(new(2, 100));

        Assert.Equal([1, 2], run.Currents());
    }

    [Fact]
    public async Task Beginning_the_stage_under_way_again_changes_nothing_and_an_unknown_one_is_a_mistake()
    {
        using var run = await _bench.StartAsync();

        run.Progress.BeginStage("two");
        run.Progress.BeginStage("two");

        Assert.Equal(
            [new { Stage = "two", Label = "Two", Index = 2, Count = 2 }],
            run.Events().Cast<StageEvent>().Select(s => new { s.Stage, s.Label, s.Index, s.Count }));
        Assert.Throws<ArgumentException>(() => run.Progress.BeginStage("three"));
    }

    [Fact]
    public async Task After_the_close_everything_is_a_no_op()
    {
        using var run = await _bench.StartAsync();
        run.Progress.Report(new(1, 4));
        run.Progress.Report(new(2, 4));

        run.Progress.Close();
        run.Progress.Close();
        run.Progress.Report(new(3, 4));
        run.Progress.BeginStage("two");
        Assert.False(run.Progress.Append(FeedBench.Line("late")));
        _time.Advance(10 * Interval);
        run.Progress.Dispose();
        run.Progress.Report(new(4, 4));
        _time.Advance(10 * Interval);

        Assert.Equal([1, 2], run.Currents());
    }

    [Fact]
    public async Task The_overall_fraction_is_computed_from_the_stages_never_falls_and_stays_below_one()
    {
        using var run = await _bench.StartAsync();

        foreach (var (stage, share) in new[] { ("one", 0.5), ("one", 1.0), ("one", 0.2), ("two", 0.5), ("one", 0.9), ("two", 1.0), ("two", 1.0) })
        {
            run.Progress.BeginStage(stage);
            run.Progress.Report(new() { Fraction = share });
            _time.Advance(Interval);
        }

        Assert.Equal([0.125, 0.25, 0.25, 0.625, 0.625, 0.99999, 0.99999], run.Updates().Select(p => p.Fraction));
    }

    [Fact]
    public async Task However_light_the_last_stage_is_the_fraction_stays_below_one()
    {
        using var run = await _bench.StartAsync(new StagePlan(new Stage("all", "All", 1), new Stage("last", "Last", 1e-9)));

        run.Progress.BeginStage("last");
        run.Progress.Report(new(0, 4));

        Assert.True(run.Updates().Single().Fraction < 1);
    }

    [Fact]
    public async Task Without_a_total_there_is_no_fraction_but_the_count_rises()
    {
        using var run = await _bench.StartAsync();
        run.Progress.BeginStage("one");
        run.Progress.Report(new(10, Unit: "rows"));
        _time.Advance(Interval);
        run.Progress.Report(new(20, 0));

        _time.Advance(Interval);

        Assert.Equal([10, 20], run.Currents());
        Assert.All(run.Updates(), p => Assert.Equal((null, null), (p.Fraction, p.StageFraction)));
    }

    [Theory]
    [InlineData(double.NaN, 10), InlineData(1, double.NaN), InlineData(double.PositiveInfinity, 10), InlineData(-5, 10)]
    [InlineData(20, 10), InlineData(1, -10), InlineData(double.NegativeInfinity, double.NaN), InlineData(double.MaxValue, double.Epsilon)]
    public async Task No_number_can_break_a_report(double current, double total)
    {
        using var run = await _bench.StartAsync();
        run.Progress.Report(new(1, 4));

        run.Progress.Report(new(current, total) { Fraction = null });
        _time.Advance(Interval);
        run.Progress.Report(new() { Fraction = current });
        _time.Advance(Interval);

        Assert.Equal(3, run.Updates().Count);
        Assert.All(run.Updates(), p => Assert.InRange(p.Fraction ?? 0, 0, 0.99999));
        Assert.All(run.Updates(), p => Assert.InRange(p.StageFraction ?? 0, 0, 1));
    }

    [Fact]
    public async Task No_text_can_break_or_bloat_a_report()
    {
        using var run = await _bench.StartAsync();

        run.Progress.Report(new(1, 2, "a\nb\ud83d" + new string('x', 10_000), new string('u', 10_000)));

        var update = run.Updates().Single();
        Assert.Equal(EventText.MaxLine, update.Message!.Length);
        Assert.StartsWith("a b", update.Message, StringComparison.Ordinal);
        Assert.True(update.Unit!.Length <= 100);
    }

    [Fact]
    public async Task A_report_never_throws_however_much_waits_for_the_disk()
    {
        using var run = await _bench.StartAsync();
        run.Progress.Report(new(1, 4));
        _bench.Feeds.Log.Hold();
        Assert.Throws<InvalidOperationException>(() =>
        {
            for (var i = 0; i < 1_000_000; i++)
                run.Progress.Append(FeedBench.Line("x"));
        });

        run.Progress.Report(new(2, 4));
        _time.Advance(Interval);
        run.Progress.Report(new(3, 4));
        _time.Advance(Interval);
        run.Progress.Close();
        _bench.Feeds.Log.Release();
        await run.Writer.FlushAsync().Soon();

        Assert.Equal([1, 3], run.Currents());
    }

    [Fact]
    public async Task A_million_reports_of_eight_threads_arrive_coalesced_monotone_and_with_the_last()
    {
        using var bench = new FeedBench();
        var job = bench.AddJob();
        using var writer = await bench.OpenAsync(job);
        using var progress = new JobProgress(writer, ProgressBench.Plan, TimeSpan.FromMilliseconds(10), TimeProvider.System);
        progress.BeginStage("one");
        var done = 0;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(async () =>
        {
            for (var i = 0; i < 125_000; i++)
            {
                progress.Report(new(Interlocked.Increment(ref done), 1_000_000));
                if (i % 40_000 == 0)
                    await progress.LogAsync(writer, $"{thread}");
            }
        }))).Soon();
        progress.Report(new(1_000_000, 1_000_000, "last"));
        progress.Close();
        await writer.FlushAsync().Soon();

        var updates = bench.Log.Frames(job.Id).Select(f => f.Decode()).OfType<ProgressEvent>().ToArray();
        Assert.InRange(updates.Length, 2, 5000);
        Assert.Equal("last", updates[^1].Message);
        Assert.Equal(0.25, updates[^1].Fraction);
        Assert.All(updates.Zip(updates.Skip(1)), pair => Assert.True(pair.First.Fraction <= pair.Second.Fraction));
        Assert.All(updates, u => Assert.True(u.Fraction < 1));
    }

    [Fact]
    public async Task A_coalesced_report_allocates_nothing()
    {
        using var run = await _bench.StartAsync();
        run.Progress.Report(new(0, 1_000_000));
        run.Progress.Report(new(0, 1_000_000, "warm"));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100_000; i++)
            run.Progress.Report(new(i, 1_000_000, "working", "rows"));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
    }
}

file static class Handler
{
    public static ValueTask LogAsync(this JobProgress progress, EventWriter writer, string text)
    {
        progress.Append(FeedBench.Line(text));
        return writer.WaitForRoomAsync();
    }
}

using ProgressHub.Core.Events;
using ProgressHub.Core.Progress;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Progress;

/// <summary>With nothing learned, the bar is the share of the time and the estimate comes true.</summary>
public sealed class FirstRunTests
{
    private static readonly double[] Moments = [0.10, 0.25, 0.50, 0.75, 0.90];
    private readonly ManualTime _time = new();

    [Theory]
    [InlineData(0.5, 0.5, 118, 1), InlineData(2, 10, 100, 8), InlineData(1, 1, 40, 78), InlineData(30, 5, 80, 5)]
    public void Stages_that_take_other_shares_than_their_weights_are_weighed_anew(double read, double convert, double work, double write)
    {
        var plan = new StagePlan(
            Timed("read", read, off: 1.6), Timed("convert", convert, off: 0.7), Timed("work", work, off: 2), Timed("write", write, off: 1.5));

        AssertTruth(plan, read, convert, work, write);
    }

    [Fact]
    public void Weights_that_are_right_do_without_lengths()
    {
        AssertTruth(new StagePlan(new Stage("a", "A", 1), new Stage("b", "B", 9), new Stage("c", "C", 2)), 10, 90, 20);
    }

    [Fact]
    public void Stages_that_were_over_at_once_do_not_stand_for_much_of_the_bar()
    {
        var plan = new StagePlan(new Stage("a", "A", 4), new Stage("b", "B", 9), new Stage("c", "C", 87));

        AssertTruth(plan, 0.05, 0.05, 119.9);
    }

    [Fact]
    public void Lengths_that_are_said_once_the_work_is_seen_count_like_those_of_the_plan()
    {
        var plan = new StagePlan(new Stage("read", "Read", 10), new Stage("embed", "Embed", 80), new Stage("index", "Index", 10));

        var seen = Play(plan, tracker =>
        {
            tracker.Expect("read", TimeSpan.FromSeconds(130));
            tracker.Expect("embed", TimeSpan.FromSeconds(50));
            tracker.Expect("index", TimeSpan.FromSeconds(1));
        }, 80, 38, 2);

        Assert.All(seen, s => Assert.True(Math.Abs(s.Fraction - s.Moment) <= 0.10, $"{s}"));
        Assert.All(seen.Where(s => s.Moment >= 0.25), AssertEstimate);
    }

    [Fact]
    public void A_stage_that_says_nothing_and_outlasts_what_was_expected_makes_the_others_longer()
    {
        var plan = new StagePlan(Timed("read", 0.5, 1), Timed("work", 9, 1));
        var tracker = new StageTracker(plan, new RemainingTime(_time, plan, DurationModel.None, null));
        tracker.Enter(0);
        tracker.Describe(new ProgressUpdate { Fraction = 0 });
        _time.Advance(TimeSpan.FromSeconds(10));

        // All of it comes at once, too seldom to be a rate.
        var state = tracker.Describe(new ProgressUpdate { Fraction = 1 });

        Assert.InRange(state.Fraction!.Value, 0.05, 0.2);
    }

    [Fact]
    public void A_length_that_the_stage_itself_shows_moves_the_bar_by_the_clock_and_gives_an_estimate()
    {
        var plan = new StagePlan(Timed("find", 0.1, 1), Timed("answer", 15, 1));
        var tracker = new StageTracker(plan, new RemainingTime(_time, plan, DurationModel.None, null));
        tracker.Enter(0);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        tracker.Enter(1);
        tracker.Expect("answer", TimeSpan.FromSeconds(75));
        _time.Advance(TimeSpan.FromSeconds(12));

        var waiting = tracker.Describe(new ProgressUpdate { Fraction = 0.7, Estimated = true });
        tracker.Expect("answer", TimeSpan.FromSeconds(120), isMeasured: true);
        _time.Advance(TimeSpan.FromSeconds(48));
        var writing = tracker.Describe(new ProgressUpdate { Fraction = 0.5, Estimated = true });

        Assert.InRange(waiting.Fraction!.Value, 0.10, 0.20);
        Assert.Null(waiting.Eta);
        Assert.InRange(writing.Fraction!.Value, 0.48, 0.52);
        Assert.InRange(writing.Eta!.P50Ms, 59_000, 61_000);
        Assert.Equal(0.7, writing.StageFraction);
    }

    [Theory]
    [InlineData(0.05), InlineData(30)]
    public void How_quick_this_machine_is_says_nothing_of_what_waits_for_another(double find)
    {
        var plan = new StagePlan(Timed("find", 3, 1), Timed("answer", 60, 1) with { Resource = "model" }, Timed("write", 3, 1));
        var tracker = new StageTracker(plan, new RemainingTime(_time, plan, DurationModel.None, null));
        tracker.Enter(0);
        _time.Advance(TimeSpan.FromSeconds(find));
        tracker.Enter(1);
        _time.Advance(TimeSpan.FromSeconds(30));

        var state = tracker.Describe(new ProgressUpdate { Fraction = 0.1, Estimated = true });

        // What is left of the answer, and the writing as much quicker or slower as the finding was.
        var (over, left) = (find + 30, 30 + (3 * (find + 1) / 4));
        Assert.Equal(over / (over + left), state.Fraction!.Value, 0.01);
        Assert.Null(state.Eta);
    }

    [Fact]
    public void A_pace_that_the_handler_sees_goes_before_the_count_and_is_told_anew()
    {
        var plan = new StagePlan(new Stage("read", "Read", 1));
        var tracker = new StageTracker(plan, new RemainingTime(_time, plan, DurationModel.None, null));
        tracker.Enter(0);
        ProgressState state = null!;
        for (var i = 1; i <= 30; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            tracker.Expect("read", TimeSpan.FromSeconds(i < 30 ? 40 : 90), isMeasured: true);
            state = tracker.Describe(new ProgressUpdate { Fraction = i / 40.0 });
        }

        Assert.InRange(state.Eta!.P50Ms, 59_000, 61_000);
        Assert.InRange(state.Fraction!.Value, 0.7, 0.75);
    }

    [Fact]
    public void A_length_of_a_stage_that_is_not_in_the_plan_is_a_mistake()
    {
        var plan = new StagePlan(new Stage("work", "Work", 1));
        var tracker = new StageTracker(plan, new RemainingTime(_time, plan, DurationModel.None, null));

        Assert.Throws<ArgumentException>(() => tracker.Expect("other", TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Fixed_weights_stay_and_the_estimate_is_right_all_the_same()
    {
        var plan = new StagePlan(
            new Stage("a", "A", 0.10) { Expected = TimeSpan.FromMilliseconds(50) }, new Stage("b", "B", 0.85),
            new Stage("c", "C", 0.05) { Expected = TimeSpan.FromMilliseconds(50) })
        { IsFixed = true };

        var seen = Play(plan, 0.05, 119.9, 0.05);

        Assert.InRange(seen.Single(s => s.Moment == 0.5).Fraction, 0.525, 0.54);
        Assert.All(seen.Where(s => s.Moment >= 0.25), AssertEstimate);
    }

    [Fact]
    public void What_failed_is_not_done_and_yet_is_not_waited_for()
    {
        var remaining = new RemainingTime(_time, new StagePlan(new Stage("work", "Work", 1)), DurationModel.None, null);
        var tracker = new StageTracker(new StagePlan(new Stage("work", "Work", 1)), remaining);
        tracker.Enter(0);
        ProgressState state = null!;
        for (var i = 0; i <= 75; i++)
        {
            state = tracker.Describe(new ProgressUpdate(i - (i / 3), 100) { Failed = i / 3 });
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(0.5, state.Fraction);
        Assert.InRange(state.Eta!.P50Ms, 24_000, 27_000);
    }

    [Fact]
    public void A_total_that_grows_makes_the_estimate_longer()
    {
        var plan = new StagePlan(new Stage("work", "Work", 1));
        var tracker = new StageTracker(plan, new RemainingTime(_time, plan, DurationModel.None, null));
        tracker.Enter(0);
        for (var i = 0; i < 50; i++)
        {
            tracker.Describe(new ProgressUpdate(i, 100));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        var state = tracker.Describe(new ProgressUpdate(50, 200));

        Assert.Equal(0.49, state.Fraction);
        Assert.InRange(state.Eta!.P50Ms, 140_000, 160_000);
    }

    private void AssertTruth(StagePlan plan, params double[] seconds)
    {
        var seen = Play(plan, seconds);
        Assert.Equal(Moments, seen.Select(s => s.Moment));
        Assert.All(seen, s => Assert.True(Math.Abs(s.Fraction - s.Moment) <= 0.10, $"{s}"));
        Assert.All(seen.Where(s => s.Moment >= 0.25), AssertEstimate);
    }

    private static void AssertEstimate(Seen seen) =>
        Assert.True(seen.P50Ms is { } said && Math.Abs(said - seen.TrueMs) <= 0.25 * seen.TrueMs, $"{seen}");

    private static Stage Timed(string name, double seconds, double off) =>
        new(name, name, seconds * off) { Expected = TimeSpan.FromSeconds(seconds * off) };

    // Every stage counts a hundred times, evenly.
    private List<Seen> Play(StagePlan plan, params double[] seconds) => Play(plan, static _ => { }, seconds);

    private List<Seen> Play(StagePlan plan, Action<StageTracker> begun, params double[] seconds)
    {
        const int Steps = 100;
        var tracker = new StageTracker(plan, new RemainingTime(_time, plan, DurationModel.None, null));
        var (all, at, next) = (seconds.Sum(), 0.0, 0);
        List<Seen> seen = [];
        for (var stage = 0; stage < seconds.Length; stage++)
        {
            tracker.Enter(stage);
            if (stage == 0)
                begun(tracker);
            for (var step = 0; step <= Steps; step++)
            {
                var state = tracker.Describe(new ProgressUpdate(step, Steps));
                if (next < Moments.Length && at >= Moments[next] * all)
                    seen.Add(new Seen(Moments[next++], state.Fraction!.Value, state.Eta?.P50Ms, (all - at) * 1000));
                if (step == Steps)
                    continue;
                at += seconds[stage] / Steps;
                _time.Advance(TimeSpan.FromSeconds(seconds[stage] / Steps));
            }
        }

        return seen;
    }

    private sealed record Seen(double Moment, double Fraction, double? P50Ms, double TrueMs);
}

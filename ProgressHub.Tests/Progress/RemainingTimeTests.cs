using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Progress;

public sealed class RemainingTimeTests
{
    private static readonly StagePlan Plan = new(
        new Stage("read", "Read", 1), new Stage("work", "Work", 8), new Stage("write", "Write", 1));

    private readonly ManualTime _time = new();

    [Fact]
    public void Earlier_runs_are_said_at_once_and_with_their_number()
    {
        var remaining = Learned(size: 100);

        remaining.Enter(0);

        var eta = remaining.Estimate()!;
        Assert.Equal(("history", 5), (eta.Basis, eta.Samples));
        Assert.InRange(eta.P50Ms, 9_900, 10_100);
        Assert.InRange(eta.P90Ms, eta.P50Ms, 11_500);
        Assert.Null(eta.LongerThanUsual);
    }

    [Fact]
    public void Without_history_the_rate_alone_speaks_and_only_once_it_means_something()
    {
        var remaining = new RemainingTime(_time, Plan, DurationModel.None, null);
        remaining.Enter(1);
        Assert.Null(remaining.Estimate());

        Work(remaining, seconds: 4, from: 0, to: 0.4);

        Assert.Equal("rate", remaining.Estimate()!.Basis);
    }

    [Fact]
    public void History_that_lacks_a_stage_to_come_is_no_estimate()
    {
        var remaining = new RemainingTime(
            _time, Plan, new DurationModel([.. Enumerable.Repeat(Run("read", 1000), 5)]), 100);

        remaining.Enter(0);

        Assert.Null(remaining.Estimate());
    }

    [Fact]
    public void The_size_of_the_input_counts()
    {
        var remaining = Learned(size: 300);

        remaining.Enter(1);

        Assert.InRange(remaining.Estimate()!.P50Ms, 26_000, 28_000);
    }

    [Fact]
    public void This_run_counts_more_and_more_as_work_advances()
    {
        // Work takes 8 s as a rule; this time it is going to take 16.
        var remaining = Learned(size: 100);
        remaining.Enter(1);

        Work(remaining, seconds: 4, from: 0, to: 0.25);
        var early = remaining.Estimate()!;
        Work(remaining, seconds: 8, from: 0.25, to: 0.75);
        var late = remaining.Estimate()!;

        Assert.Equal(("blend", "blend"), (early.Basis, late.Basis));
        Assert.InRange(early.P50Ms, 4_900, 20_000);
        Assert.InRange(late.P50Ms, 4_000, 7_500);
    }

    [Fact]
    public void While_nothing_moves_it_grows_and_at_last_is_longer_than_usual()
    {
        var remaining = Learned(size: 100);
        remaining.Enter(1);
        Work(remaining, seconds: 2, from: 0, to: 0.25);
        var before = remaining.Estimate()!;

        var estimates = Enumerable.Range(0, 6).Select(_ =>
        {
            _time.Advance(TimeSpan.FromSeconds(4));
            return remaining.Estimate()!;
        }).ToArray();

        Assert.All(
            estimates.Prepend(before).Zip(estimates),
            pair => Assert.True(pair.Second.P50Ms > pair.First.P50Ms, $"{pair.First} then {pair.Second}"));
        Assert.Null(before.LongerThanUsual);
        Assert.True(estimates[^1].LongerThanUsual);
    }

    [Fact]
    public void Of_an_operation_that_counts_nothing_the_clock_tells()
    {
        var remaining = Learned(size: 100);
        remaining.Enter(1);
        _time.Advance(TimeSpan.FromSeconds(4));

        // A guess from elapsed time is no observation.
        remaining.Observe(new() { Fraction = 0.5, Estimated = true });

        Assert.Equal("history", remaining.Estimate()!.Basis);
        Assert.InRange(remaining.Estimate()!.P50Ms, 4_900, 5_100);
    }

    [Fact]
    public void Waiting_for_an_answer_is_not_work()
    {
        var remaining = Learned(size: 100);
        remaining.Enter(1);
        _time.Advance(TimeSpan.FromSeconds(2));
        var before = remaining.Estimate();

        remaining.Pause();
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(before, remaining.Estimate());
        remaining.Resume();
        remaining.Leave();

        Assert.Equal(2000, Assert.Single(remaining.Finished).Ms, 3);
    }

    [Fact]
    public void What_was_restored_is_neither_speed_nor_something_to_learn()
    {
        var remaining = new RemainingTime(_time, Plan, DurationModel.None, 100);
        remaining.Enter(1);
        remaining.Observe(new() { Fraction = 0.4 });
        Work(remaining, seconds: 6, from: 0.4, to: 1);
        remaining.Leave();

        var finished = Assert.Single(remaining.Finished);

        Assert.Null(finished.Profile);
        Assert.Equal(60, finished.Size!.Value, 3);
        Assert.Equal(0.4, finished.Restored, 3);
        Assert.Equal(6000, finished.Ms, 3);
    }

    [Fact]
    public void How_a_stage_spread_its_work_over_its_time_is_something_to_learn()
    {
        var remaining = new RemainingTime(_time, Plan, DurationModel.None, 100);
        remaining.Enter(1);
        Work(remaining, seconds: 9, from: 0, to: 0.5);
        Work(remaining, seconds: 1, from: 0.5, to: 1);
        remaining.Leave();

        var profile = Assert.Single(remaining.Finished).Profile!;

        Assert.Equal(0.9, profile.TimeAt(0.5), 0.01);
        Assert.Equal(0.45, profile.TimeAt(0.25), 0.02);
    }

    [Fact]
    public void A_million_reports_of_a_stage_are_no_burden()
    {
        var remaining = new RemainingTime(_time, Plan, DurationModel.None, 100);
        remaining.Enter(1);
        for (var i = 0; i <= 1_000_000; i++)
        {
            _time.Advance(TimeSpan.FromMicroseconds(10));
            remaining.Observe(new(i, 1e6));
        }

        remaining.Leave();

        Assert.Equal(0.5, Assert.Single(remaining.Finished).Profile!.TimeAt(0.5), 0.02);
    }

    private RemainingTime Learned(double size) => new(_time, Plan, new DurationModel(
    [
        .. Enumerable.Range(0, 5).SelectMany(i => (StageRun[])
        [
            Run("read", 1000), Run("work", 8000 + (100 * (i - 2))), Run("write", 1000),
        ]),
    ]), size);

    private void Work(RemainingTime remaining, int seconds, double from, double to)
    {
        for (var i = 1; i <= seconds * 4; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(250));
            var share = from + ((to - from) * i / (seconds * 4));
            remaining.Observe(new() { Fraction = share });
        }
    }

    private static StageRun Run(string stage, double ms) => new("k", "e", stage, 100, ms, DateTimeOffset.UnixEpoch);
}

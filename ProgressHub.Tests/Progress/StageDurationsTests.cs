using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;

namespace ProgressHub.Tests.Progress;

public sealed class StageDurationsTests
{
    [Fact]
    public void Durations_go_with_the_size_of_the_input_and_with_what_each_run_costs_anyhow()
    {
        // Half a second to start, then a millisecond a character.
        var stage = new StageDurations([Run(1000, 1500), Run(3000, 3500), Run(10_000, 10_500), Run(200, 700)]);

        Assert.Equal(5500, stage.Whole(5000).P50Ms, 1);
        Assert.Equal(100_500, stage.Whole(100_000).P50Ms, 1);
    }

    [Fact]
    public void Sizes_that_are_all_the_same_are_taken_in_proportion()
    {
        var stage = new StageDurations([Run(100, 1000), Run(100, 1000), Run(100, 1000)]);

        Assert.Equal(2000, stage.Whole(200).P50Ms, 1);
    }

    [Fact]
    public void Without_sizes_it_is_the_median()
    {
        var stage = new StageDurations([Run(null, 900), Run(null, 1000), Run(null, 1100)]);

        Assert.Equal(1000, stage.Whole(null).P50Ms, 1);
        Assert.Equal(1100, stage.Whole(null).P90Ms, 1);
        Assert.Equal(1000, stage.Whole(77).P50Ms, 1);
    }

    [Fact]
    public void Three_of_fifteen_runs_that_hung_move_the_middle_hardly_and_the_upper_end_a_lot()
    {
        var sane = Enumerable.Range(0, 12).Select(i => Run(100 + i, 1000 + (10 * i)));
        var stage = new StageDurations([.. sane, Run(100, 600_000), Run(105, 900_000), Run(111, 700_000)]);

        var whole = stage.Whole(106);

        Assert.InRange(whole.P50Ms, 900, 1300);
        Assert.True(whole.P90Ms > 100_000, $"{whole.P90Ms}");
    }

    [Fact]
    public void What_has_become_quicker_is_believed_after_a_while()
    {
        var slow = Enumerable.Repeat(Run(null, 10_000), 32);
        var quick = Enumerable.Repeat(Run(null, 1000), 32);

        Assert.Equal(10_000, new StageDurations([.. quick.Take(4), .. slow]).Whole(null).P50Ms, 1);
        Assert.Equal(1000, new StageDurations([.. quick, .. slow]).Whole(null).P50Ms, 1);
    }

    [Fact]
    public void The_rest_leaves_out_the_runs_that_were_quicker()
    {
        var stage = new StageDurations([Run(null, 1000), Run(null, 1000), Run(null, 1000), Run(null, 9000)]);

        Assert.Equal(1000, stage.Rest(null, 0).P50Ms, 1);
        Assert.Equal(7000, stage.Rest(null, 2000).P50Ms, 1);
    }

    [Fact]
    public void What_outlasts_all_that_is_known_is_expected_to_last_longer_the_older_it_gets()
    {
        var stage = new StageDurations([Run(null, 1000), Run(null, 1100), Run(null, 1200)]);

        var rests = new[] { 2000, 4000, 8000 }.Select(elapsed => stage.Rest(null, elapsed)).ToArray();

        Assert.All(rests, rest => Assert.True(rest.P90Ms > rest.P50Ms && rest.P50Ms > 0));
        Assert.True(rests[0].P50Ms < rests[1].P50Ms && rests[1].P50Ms < rests[2].P50Ms);
    }

    [Fact]
    public void A_plan_follows_what_was_learned_the_more_the_more_runs_there_are()
    {
        var plan = new StagePlan(new Stage("read", "Read", 1), new Stage("write", "Write", 9));
        StageRun[] Runs(int count) =>
        [
            .. Enumerable.Repeat(Run(null, 9000) with { Stage = "read" }, count),
            .. Enumerable.Repeat(Run(null, 1000) with { Stage = "write" }, count),
        ];

        Assert.Same(plan, new DurationModel(Runs(2)).Weigh(plan, null));
        var few = new DurationModel(Runs(3)).Weigh(plan, null);
        var many = new DurationModel(Runs(60)).Weigh(plan, null);

        Assert.InRange(few.Stages[0].Weight, 0.3, 0.5);
        Assert.InRange(many.Stages[0].Weight, 0.8, 0.9);
        Assert.Equal(1, many.Stages.Sum(s => s.Weight), 6);
    }

    [Fact]
    public void A_stage_that_takes_no_time_keeps_a_little_weight()
    {
        var plan = new StagePlan(new Stage("read", "Read", 1), new Stage("write", "Write", 1));
        var model = new DurationModel(
        [
            .. Enumerable.Repeat(Run(null, 0) with { Stage = "read" }, 64),
            .. Enumerable.Repeat(Run(null, 60_000) with { Stage = "write" }, 64),
        ]);

        Assert.InRange(model.Weigh(plan, null).Stages[0].Weight, 0.005, 0.1);
    }

    private static StageRun Run(double? size, double ms) =>
        new("translation", "pseudo", "translating", size, ms, DateTimeOffset.UnixEpoch);
}

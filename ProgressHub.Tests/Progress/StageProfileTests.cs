using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;

namespace ProgressHub.Tests.Progress;

public sealed class StageProfileTests
{
    [Fact]
    public void It_says_how_much_of_the_time_is_over_once_so_much_of_the_work_is_done()
    {
        // Slow at first: half of the work in four fifths of the time.
        var profile = StageProfile.Of([(800, 0.05), (4000, 0.25), (8000, 0.5), (9000, 0.75), (10_000, 1)], 10_000)!;

        Assert.Equal(0, profile.TimeAt(0), 3);
        Assert.Equal(0.8, profile.TimeAt(0.5), 3);
        Assert.Equal(0.9, profile.TimeAt(0.75), 3);
        Assert.Equal(1, profile.TimeAt(1), 3);
        Assert.Equal(0.9, profile.NextTimeAt(0.5), 3);
    }

    [Fact]
    public void Whoever_stands_before_a_wait_has_just_begun_it()
    {
        // Two waves: the first half at once after half of the time, the second at the end.
        var profile = StageProfile.Of([(500, 0.25), (500, 0.5), (1000, 0.75), (1000, 1)], 1000)!;

        Assert.InRange(profile.TimeAt(0.52), 0.5, 0.6);
        Assert.Equal(1, profile.NextTimeAt(0.52), 3);
    }

    [Fact]
    public void It_is_the_same_after_it_was_kept()
    {
        var profile = StageProfile.Of([(100, 0.2), (300, 0.6), (500, 1)], 500)!;

        var read = StageProfile.Parse(profile.ToString())!;

        for (var share = 0.0; share <= 1; share += 0.01)
            Assert.Equal(profile.TimeAt(share), read.TimeAt(share), 0.001);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1 2 3")]
    [InlineData("rubbish")]
    public void What_it_did_not_write_is_no_profile(string? text) => Assert.Null(StageProfile.Parse(text));

    [Fact]
    public void Two_reports_are_none() => Assert.Null(StageProfile.Of([(1, 0.5), (2, 1)], 2));

    [Fact]
    public void Work_that_speeds_up_as_it_always_does_is_not_taken_to_be_late()
    {
        var stage = new StageDurations([.. Enumerable.Range(0, 8).Select(i => SpeedingUp(10_000 + (500 * i)))]);

        // A tenth of the work after a third of the time: of a steady rate that would be 30 s more.
        var rest = stage.Rest(null, new StageCount(ElapsedMs: 4000, ReachedMs: 4000, Share: 0.1));

        Assert.InRange(rest.Left.P50Ms, 7000, 9500);
        Assert.True(rest.Left.P90Ms > rest.Left.P50Ms);
    }

    [Fact]
    public void A_run_unlike_all_others_is_believed()
    {
        var stage = new StageDurations([.. Enumerable.Range(0, 8).Select(i => SpeedingUp(10_000 + (10 * i)))]);

        // Ten times as slow as ever.
        var rest = stage.Rest(null, new StageCount(ElapsedMs: 70_700, ReachedMs: 70_700, Share: 0.5));

        Assert.InRange(rest.Left.P50Ms, 20_000, 40_000);
        Assert.True(rest.Live > 0.5, $"{rest}");
    }

    // The share of the time is the root of the share of the work.
    private static StageRun SpeedingUp(double ms) => new("k", "e", "work", null, ms, DateTimeOffset.UnixEpoch)
    {
        Profile = StageProfile.Of(
            [.. Enumerable.Range(1, 100).Select(i => (ms * Math.Sqrt(i / 100.0), i / 100.0))], ms)!.ToString(),
    };
}

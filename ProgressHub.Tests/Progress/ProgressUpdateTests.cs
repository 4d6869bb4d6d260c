using ProgressHub.Core.Progress;

namespace ProgressHub.Tests.Progress;

public sealed class ProgressUpdateTests
{
    [Theory]
    [InlineData(5d, 10d, 0.5), InlineData(15d, 10d, 1d), InlineData(-3d, 10d, 0d), InlineData(5d, 0d, null), InlineData(5d, null, null)]
    [InlineData(null, 10d, null), InlineData(double.NaN, 10d, null), InlineData(5d, double.NaN, null), InlineData(5d, -1d, null)]
    [InlineData(double.PositiveInfinity, 10d, null), InlineData(5d, double.PositiveInfinity, 0d)]
    public void The_share_is_current_over_total_within_its_bounds(double? current, double? total, double? expected) =>
        Assert.Equal(expected, new ProgressUpdate(current, total).StageFraction);

    [Theory]
    [InlineData(null, 0, 0.4), InlineData(null, 30, 0.7), InlineData(null, 90, 1d), InlineData(0.2, 30, 0.5), InlineData(0.2, double.NaN, 0.2)]
    public void What_failed_is_not_done_and_nobody_waits_for_it(double? fraction, double failed, double settled)
    {
        var update = new ProgressUpdate(40, 100) { Fraction = fraction, Failed = failed };

        Assert.Equal(fraction ?? 0.4, update.StageFraction);
        Assert.Equal(settled, update.SettledFraction!.Value, 9);
    }

    [Theory]
    [InlineData(0.3, 0.3), InlineData(7d, 1d), InlineData(-1d, 0d), InlineData(double.NaN, null), InlineData(double.NegativeInfinity, null)]
    public void A_given_share_goes_before_the_counts(double fraction, double? expected) =>
        Assert.Equal(expected, new ProgressUpdate(1, 2) { Fraction = fraction }.StageFraction);
}

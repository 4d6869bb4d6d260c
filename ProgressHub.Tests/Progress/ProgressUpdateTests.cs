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
    [InlineData(0.3, 0.3), InlineData(7d, 1d), InlineData(-1d, 0d), InlineData(double.NaN, null), InlineData(double.NegativeInfinity, null)]
    public void A_given_share_goes_before_the_counts(double fraction, double? expected) =>
        Assert.Equal(expected, new ProgressUpdate(1, 2) { Fraction = fraction }.StageFraction);
}

using ProgressHub.Core.Progress;

namespace ProgressHub.Tests.Progress;

/// <summary>How long a stage that was never seen before still takes, by its own count.</summary>
public sealed class RecentRateTests
{
    [Fact]
    public void What_came_before_the_first_count_is_paid_once()
    {
        // Loading takes 30 s, each of a hundred pieces one.
        var reports = Counted(100, piece => 30 + piece);

        Assert.Equal(60_000, Left(reports, 40), 1.0);
    }

    [Fact]
    public void A_machine_that_has_become_slower_stays_so()
    {
        var reports = Counted(100, piece => piece <= 20 ? piece : 20 + (3 * (piece - 20)));

        Assert.InRange(Left(reports, 60), 110_000, 121_000);
    }

    [Theory]
    [InlineData(2), InlineData(4), InlineData(8)]
    public void Pieces_that_are_done_together_count_as_their_wave(int atOnce)
    {
        var reports = Counted(96, piece => 10 + Math.Ceiling(piece / (double)atOnce));

        Assert.Equal(1000.0 * 48 / atOnce, Left(reports, 48), 1.0);
    }

    [Fact]
    public void One_pause_does_not_decide_it()
    {
        var reports = Counted(100, piece => piece + (piece > 20 ? 8 : 0));

        Assert.InRange(Left(reports, 50), 49_000, 55_000);
    }

    [Fact]
    public void While_nothing_comes_it_goes_down_until_the_next_is_due_and_then_up()
    {
        var reports = Counted(100, piece => piece);

        double[] left = [.. new[] { 0, 500, 1000, 5000, 30_000, 300_000 }.Select(silent => Left(reports, 50, silent))];

        Assert.Equal([50_000, 49_500, 49_000], left[..3].Select(ms => Math.Round(ms)));
        Assert.Equal(left[2..].Order(), left[2..]);
        Assert.True(left[5] > 200_000, $"{left[5]}");
    }

    [Fact]
    public void What_has_not_moved_says_nothing_and_what_is_done_takes_no_time()
    {
        Assert.Null(RecentRate.RestMs([(0, 0.2)], 0.2, 0, 5000));
        Assert.Equal(0, RecentRate.RestMs([(0, 0), (10, 1)], 1, 10, 5000));
    }

    private static List<(double AtMs, double Share)> Counted(int pieces, Func<int, double> endsAt) =>
        [(0, 0), .. Enumerable.Range(1, pieces).Select(piece => (1000 * endsAt(piece), (double)piece / pieces))];

    private static double Left(List<(double AtMs, double Share)> reports, int piece, double silentMs = 0) =>
        RecentRate.RestMs(reports[..(piece + 1)], reports[piece].Share, reports[piece].AtMs, reports[piece].AtMs + silentMs)!.Value;
}

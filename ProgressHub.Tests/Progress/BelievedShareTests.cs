using ProgressHub.Core.Progress;

namespace ProgressHub.Tests.Progress;

public sealed class BelievedShareTests
{
    private readonly BelievedShare _share = new();

    [Fact]
    public void A_total_that_stays_is_believed_at_once()
    {
        Assert.Equal([0.25, 0.5, 1], Shown((1, 4), (2, 4), (4, 4)));
    }

    [Fact]
    public void A_total_that_is_complete_when_it_is_first_heard_of_waits_for_another_word()
    {
        Assert.Equal([0, 0.01, 0.02], Shown((1, 1), (10, 1000), (20, 1000)));
    }

    [Fact]
    public void A_total_that_is_complete_is_believed_when_it_is_told_again()
    {
        Assert.Equal([0, 1], Shown((1, 1), (1, 1)));
    }

    [Fact]
    public void A_total_that_grows_slows_the_bar_and_does_not_move_its_end()
    {
        var shown = Shown((5, 10), (6, 1000), (503, 1000), (1000, 1000));

        Assert.Equal([0.5, 0.5, 0.75, 1], shown.Select(s => Math.Round(s, 3)));
    }

    [Fact]
    public void A_total_that_grows_with_every_report_never_lets_the_bar_fall_or_arrive()
    {
        var shown = Shown([.. Enumerable.Range(1, 50).Select(i => ((double)i, i + 1.0))]);

        Assert.Equal(shown.Order(), shown);
        Assert.True(shown[^1] < 1);
    }

    [Fact]
    public void A_share_that_the_handler_gives_itself_is_shown_as_it_is()
    {
        Assert.Equal(1, _share.Of(new(1, 1) { Fraction = 1 }));
        Assert.Null(_share.Of(new(5)));
    }

    private double[] Shown(params (double Current, double Total)[] reports) =>
        [.. reports.Select(r => _share.Of(new ProgressUpdate(r.Current, r.Total))!.Value)];
}

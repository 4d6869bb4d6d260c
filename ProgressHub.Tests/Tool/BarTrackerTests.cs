using ProgressHub.Tool.Bars;

namespace ProgressHub.Tests.Tool;

/// <summary>Which of the numbers is the bar: what several lines say together.</summary>
public sealed class BarTrackerTests
{
    private const double Tolerance = 0.0005;

    [Fact]
    public void A_number_in_the_same_words_that_rises_is_a_bar() =>
        Assert.Equal([0.4, 0.6], Fractions("copied 20% of it", "copied 40% of it", "copied 60% of it"));

    [Fact]
    public void A_number_that_does_not_come_again_is_none() => Assert.Empty(Fractions("copied 20% of it", "we found 30% of the keys", "up 40% today"));

    [Fact]
    public void What_a_bar_has_shown_it_does_not_take_back() =>
        Assert.Equal([0.3, 0.5], Fractions("Progress: 30%", "Progress: 25%", "Progress: 50%"));

    [Fact]
    public void Of_nested_bars_the_outer_one_is_the_bar()
    {
        var tracker = new BarTracker();
        var shown = new List<double>();
        for (var outer = 1; outer <= 3; outer++)
        {
            for (var inner = 0; inner <= 100; inner += 50)
                Note(tracker.Take($"{inner,3}%|█████     | {inner}/100", redrawn: true, row: 0));
            Note(tracker.Take($"{outer * 33,3}%|███       | {outer}/3", redrawn: true, row: 1));
        }

        Assert.Equal(0.99, shown[^1], Tolerance);
        Assert.Contains(shown, f => Math.Abs(f - 0.66) < Tolerance);

        void Note(BarReading? reading)
        {
            // The outer one is drawn first, before the inner one begins.
            if (shown.Count == 0 && tracker.Take("  1%|          | 0/3", redrawn: true, row: 1) is { } first)
                shown.Add(first.Fraction);
            if (reading is { } read)
                shown.Add(read.Fraction);
        }
    }

    [Fact]
    public void Of_the_files_of_rsync_the_count_is_the_bar()
    {
        var shown = Fractions(
            "         32,768  10%    1.00MB/s    0:00:01  ", "        327,680 100%    1.00MB/s    0:00:00 (xfr#1, to-chk=3/5)",
            "         32,768  10%    1.00MB/s    0:00:01  ", "        327,680 100%    1.00MB/s    0:00:00 (xfr#2, to-chk=1/5)",
            "        327,680 100%    1.00MB/s    0:00:00 (xfr#3, to-chk=0/5)");

        Assert.Equal([0.1, 0.4, 0.8, 1], shown.Select(f => Math.Round(f, 3)));
    }

    [Fact]
    public void Ffmpeg_is_as_far_as_its_time_is_into_the_duration() => Assert.Equal(
        [0.25, 0.5, 1],
        Fractions(
            "  Duration: 00:00:10.00, start: 0.000000, bitrate: 705 kb/s", "  Duration: N/A, start: 0.000000, bitrate: N/A",
            "frame=   75 fps=0.0 q=2.4 size=     212kB time=N/A bitrate=N/A speed=N/A    ",
            "frame=   75 fps=0.0 q=2.4 size=     212kB time=00:00:02.50 bitrate= 574.0kbits/s speed=11.1x    ",
            "out_time=00:00:05.000000", "size= 1kB time=00:00:10.02 bitrate=1.0kbits/s"));

    [Fact]
    public void Of_a_clone_all_phases_are_one_bar()
    {
        var shown = Fractions(
            "remote: Enumerating objects: 5840, done.        ", "remote: Counting objects:   1% (59/5840)        ",
            "remote: Counting objects: 100% (5840/5840), done.", "remote: Compressing objects: 100% (2/2), done.",
            "Receiving objects:  50% (2920/5840), 1.2 MiB | 1.2 MiB/s", "Receiving objects: 100% (5840/5840), done.", "Resolving deltas: 100% (3404/3404), done.");

        Assert.Equal(shown.Order(), shown);
        Assert.InRange(shown[1], 0.0, 0.05);
        Assert.Contains(shown, f => f is > 0.4 and < 0.5);
    }

    private static List<double> Fractions(params string[] lines)
    {
        var tracker = new BarTracker();
        return [.. lines.Select(line => tracker.Take(line, redrawn: false)?.Fraction).OfType<double>()];
    }
}

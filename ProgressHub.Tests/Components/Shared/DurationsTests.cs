using ProgressHub.Core.Events;
using ProgressHub.Web.Components.Shared;

namespace ProgressHub.Tests.Components.Shared;

public sealed class DurationsTests
{
    [Theory]
    [InlineData(0, "0.0 s")]
    [InlineData(420, "0.4 s")]
    [InlineData(9100, "9.1 s")]
    [InlineData(47_900, "47 s")]
    [InlineData(65_000, "1 min 5 s")]
    [InlineData(7_380_000, "2 h 3 min")]
    [InlineData(-5, "0.0 s")]
    public void A_length_is_as_exact_as_it_needs_to_be(double milliseconds, string text) =>
        Assert.Equal(text, Durations.Exact(milliseconds));

    [Theory]
    [InlineData(500, 900, "a moment left")]
    [InlineData(3000, 6000, "about 3–6 s left")]
    [InlineData(41_000, 58_000, "about 40–60 s left")]
    [InlineData(40_000, 40_000, "about 40 s left")]
    [InlineData(70_000, 115_000, "about 1–2 min left")]
    [InlineData(3_000_000, 6_000_000, "about 50–100 min left")]
    [InlineData(5_400_000, 9_000_000, "about 1.5–2.5 h left")]
    [InlineData(9000, 4000, "about 9 s left")]
    public void What_is_left_is_said_as_a_range(long p50, long p90, string text) =>
        Assert.Equal(text, Durations.Left(new Eta(p50, p90, "rate", 5)));

    [Theory]
    [InlineData(7_400, "0:07")]
    [InlineData(725_000, "12:05")]
    [InlineData(3_725_000, "1:02:05")]
    public void A_moment_of_a_job_reads_like_a_clock(double milliseconds, string text) =>
        Assert.Equal(text, Durations.Clock(milliseconds));

    [Theory]
    [InlineData(20, "just now")]
    [InlineData(320, "5 min ago")]
    [InlineData(7200, "2 h ago")]
    [InlineData(260_000, "3 days ago")]
    public void An_age_is_said_in_its_largest_unit(int seconds, string text) =>
        Assert.Equal(text, Durations.Ago(TimeSpan.FromSeconds(seconds)));
}

using ProgressHub.AspNetCore.Streaming;

namespace ProgressHub.Tests.AspNetCore.Streaming;

public sealed class EndingsSeenTests
{
    [Fact]
    public void Ends_that_overtake_each_other_leave_missing_ones_until_they_are_shown()
    {
        var seen = new EndingsSeen(3);

        seen.Add(6);
        Assert.Equal("6.4.5", seen.ToString());
        Assert.Equal(3, seen.AllUpTo);
        Assert.True(seen.Has(6));
        Assert.False(seen.Has(4));
        seen.Add(5);
        Assert.Equal("6.4", seen.ToString());
        seen.Add(4);

        Assert.Equal("6", seen.ToString());
        Assert.Equal(6, seen.AllUpTo);
    }

    [Fact]
    public void Passing_over_jobs_that_are_gone_leaves_none_missing()
    {
        var seen = EndingsSeen.Parse("9.5.7")!;

        seen.PassTo(6);
        Assert.Equal("9.7", seen.ToString());
        seen.PassTo(20);

        Assert.Equal("20", seen.ToString());
    }

    [Fact]
    public void However_many_are_missing_the_text_stays_short_and_no_end_counts_as_shown_that_was_not()
    {
        var seen = new EndingsSeen(0);

        for (var ending = 2; ending <= 2000; ending += 2)
            seen.Add(ending);

        Assert.True(seen.ToString().Length < 1000);
        Assert.All(Enumerable.Range(0, 1000), i => Assert.False(seen.Has((2 * i) + 1)));
    }

    [Theory]
    [InlineData("7-1-")]
    [InlineData("")]
    [InlineData("-4")]
    [InlineData("4.")]
    [InlineData("4.9")]
    [InlineData("4.0")]
    [InlineData("4,3")]
    [InlineData("99999999999999999999999")]
    public void What_is_no_mark_is_none(string text) => Assert.Null(EndingsSeen.Parse(text));

    [Theory]
    [InlineData("run-12-7.5", 12L, "7.5")]
    [InlineData("run--7", null, "7")]
    [InlineData("else-12-7", null, "7")]
    [InlineData("run-12", null, null)]
    [InlineData("run-12-x", null, null)]
    [InlineData("", null, null)]
    public void Of_a_cursor_of_another_run_only_the_ends_count(string text, long? position, string? endings)
    {
        var cursor = OwnerCursor.Parse(text, "run");

        Assert.Equal((position, endings), (cursor.Position, cursor.Endings?.ToString()));
    }
}

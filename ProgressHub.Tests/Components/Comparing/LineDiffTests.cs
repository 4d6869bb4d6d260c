using ProgressHub.Web.Components.Comparing;

namespace ProgressHub.Tests.Components.Comparing;

public sealed class LineDiffTests
{
    [Fact]
    public void What_both_have_stands_once_and_what_one_has_beside_it()
    {
        var lines = LineDiff.Of(["a", "b", "c", "d", "e"], ["a", "c", "x", "d", "e", "f"]);

        Assert.Equal(
            [new("a", "a"), new("b", null), new("c", "c"), new(null, "x"), new("d", "d"), new("e", "e"), new(null, "f")], lines);
    }

    [Theory]
    [InlineData("", "a b")]
    [InlineData("a b c", "a b c")]
    [InlineData("a b a b a", "b a b a b")]
    [InlineData("x y z", "p q")]
    public void Each_side_can_be_read_back(string left, string right)
    {
        var (l, r) = (left.Split(' '), right.Split(' '));

        var lines = LineDiff.Of(l, r);

        Assert.Equal(l, lines.Where(line => line.Left is not null).Select(line => line.Left!));
        Assert.Equal(r, lines.Where(line => line.Right is not null).Select(line => line.Right!));
    }

    [Fact]
    public void Texts_too_long_to_be_matched_are_laid_side_by_side()
    {
        string[] many = [.. Enumerable.Range(0, LineDiff.MostMiddle + 5).Select(i => $"{i}")];

        var lines = LineDiff.Of(["same", .. many], ["same", .. many.Select(line => $"other {line}")]);

        Assert.Equal((1, 2 * many.Length), (lines.Count(line => line.IsSame), lines.Count(line => !line.IsSame)));
    }
}

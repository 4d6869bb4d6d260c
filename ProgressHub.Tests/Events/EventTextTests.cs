using ProgressHub.Core.Events;

namespace ProgressHub.Tests.Events;

public sealed class EventTextTests
{
    [Fact]
    public void A_line_that_is_well_is_the_same_string()
    {
        const string text = "日本語, <b> & 👩‍🚀";

        Assert.Same(text, EventText.Line(text));
        Assert.Null(EventText.Line(null));
    }

    [Fact]
    public void Breaks_and_control_characters_become_blanks() =>
        Assert.Equal("a  b c d e", EventText.Line("a\r\nb\tc\u0000d\u0085e"));

    [Fact]
    public void What_is_too_long_is_cut_with_an_ellipsis()
    {
        var line = EventText.Line(new string('x', 5000));

        Assert.Equal(EventText.MaxLine, line.Length);
        Assert.EndsWith("x…", line, StringComparison.Ordinal);
        Assert.Equal(2000, EventText.Line(new string('y', 2000)).Length);
    }

    [Fact]
    public void A_cut_never_halves_a_character()
    {
        var line = EventText.Line("aaaa🚀🚀🚀", 6);

        Assert.Equal("aaaa…", line);
        Assert.Equal("aaaa🚀…", EventText.Line("aaaa🚀🚀🚀", 7));
    }

    [Theory]
    [InlineData("a\r\n  b\rc\n\td", "a\n  b\nc\n\td")]
    [InlineData("\u001b[1;31mred\u001b[0m", "\u001b[1;31mred\u001b[0m")]
    [InlineData("\u001b[2J\u001b]0;x\u0007\u001b", " [2J ]0;x  ")]
    [InlineData("a\u0000b\u009bc", "a b c")]
    public void A_message_keeps_its_lines_and_its_colours_and_nothing_else_a_terminal_obeys(string text, string kept) =>
        Assert.Equal(kept, EventText.Message(text));

    [Fact]
    public void A_message_is_cut_where_it_is_too_long() =>
        Assert.Equal(EventText.MaxMessage, EventText.Message(new string('x', 20_000)).Length);
}

using ProgressHub.Web.Components.Logs;

namespace ProgressHub.Tests.Components.Logs;

public sealed class AnsiTextTests
{
    private const string Esc = "\u001b[";

    [Fact]
    public void Text_without_colours_is_one_span() => Assert.Equal([new AnsiSpan("a <b>\n\tc", null)], AnsiText.Parse("a <b>\n\tc"));

    [Theory]
    [InlineData("31", "ink-1")]
    [InlineData("92", "ink-10")]
    [InlineData("1;33", "ink-3 bold")]
    [InlineData("38;5;4", "ink-4")]
    [InlineData("38:5:12", "ink-12")]
    [InlineData("38;2;1;2;3", null)]
    [InlineData("38;5;200;4", "underlined")]
    [InlineData("44;97", "ink-15 ground-4")]
    [InlineData("31;0", null)]
    [InlineData("", null)]
    [InlineData("2;3", "faint italic")]
    public void Colours_become_classes_of_a_fixed_set(string codes, string? style) =>
        Assert.Equal(new AnsiSpan("x", style), Assert.Single(AnsiText.Parse($"{Esc}{codes}mx")));

    [Fact]
    public void A_colour_ends_where_it_is_taken_back() => Assert.Equal(
        [new("a", null), new("b", "ink-1"), new("c", "ink-1 bold"), new("d", null)],
        AnsiText.Parse($"a{Esc}31mb{Esc}1mc{Esc}mc"[..^1] + "d").Where(s => s.Text.Length > 0));

    [Theory]
    [InlineData("\u001b[2Kdone", "done")]
    [InlineData("\u001b]8;;http://evil.example\u0007link\u001b]8;;\u0007", "link")]
    [InlineData("\u001b]0;title\u001b\\text", "text")]
    [InlineData("a\u0000b\u0008c", "abc")]
    [InlineData("cut \u001b[3", "cut ")]
    [InlineData("cut \u001b", "cut ")]
    [InlineData("\u001b(Bplain", "Bplain")]
    public void Other_control_sequences_are_left_out(string text, string plain) => Assert.Equal(plain, AnsiText.Plain(text));
}

using ProgressHub.Workloads.Translation;
using ProgressHub.Workloads.Translation.Protection;
using ProgressHub.Workloads.Translation.Segmentation;

namespace ProgressHub.Tests.Workloads.Translation;

public sealed class MaskedSegmentTests
{
    [Theory]
    [InlineData("Hello {name}, you have %1$s of {{ total }}", "Hello ⟦0⟧, you have ⟦1⟧ of ⟦2⟧")]
    [InlineData("%s %d %-5.2f %(name)s %% at 100% done", "⟦0⟧ ⟦1⟧ ⟦2⟧ ⟦3⟧ ⟦4⟧ at 100% done")]
    [InlineData("Set ${HOME} or $PATH for $5", "Set ⟦0⟧ or ⟦1⟧ for $5")]
    [InlineData("A <b class=\"x\">bold</b> &amp; `a {b}` word", "A ⟦0⟧bold⟦1⟧ ⟦2⟧ ⟦3⟧ word")]
    [InlineData("See https://example.org/a_(b)?c=d. Write to me@example.org, please", "See ⟦0⟧. Write to ⟦1⟧, please")]
    [InlineData("Marks ⟦0⟧ of its own", "Marks ⟦0⟧0⟦1⟧ of its own")]
    [InlineData("One line\r\n   and another", "One line\nand another")]
    public void What_is_not_the_engines_to_change_is_masked(string text, string masked) =>
        Assert.Equal(masked, MaskedSegment.Of(text, new Piece(new Span(0, text.Length), true)).Text);

    [Theory]
    [InlineData("Hola ⟦0⟧, tienes ⟦1⟧", null)]
    [InlineData("Tienes ⟦1⟧, ⟦0⟧", null)]
    [InlineData("Hola ⟦ 0 ⟧, tienes ⟦1 ⟧", null)]
    [InlineData("Hola [0], tienes 【1】", null)]
    [InlineData("Hola {0}, tienes [[1]]", null)]
    [InlineData("Hola ⟦0⟧ [0], tienes (1)", null)]
    [InlineData("Hola ⟦0⟧, tienes", "⟦1⟧ is missing")]
    [InlineData("Hola ⟦0⟧ ⟦0⟧, tienes ⟦1⟧", "⟦0⟧ came back twice")]
    [InlineData("Hola ⟦0⟧, tienes ⟦1⟧ ⟦2⟧", "⟦2⟧ came back though it was never sent")]
    [InlineData("Hola {name}, tienes %s", "⟦0⟧ is missing")]
    [InlineData("  \n ", "a segment came back empty")]
    public void An_answer_is_good_where_each_mark_comes_back_once(string answer, string? fault)
    {
        const string text = "Hello {name}, you have %s";
        var segment = MaskedSegment.Of(text, new Piece(new Span(0, text.Length), true));

        Assert.Equal(fault, segment.Restore(answer, FormatGuards.For(TranslationFormat.Plain), out _));
    }

    [Fact]
    public void An_answer_that_runs_away_is_broken()
    {
        var segment = MaskedSegment.Of("Hello", new Piece(new Span(0, 5), true));

        Assert.NotNull(segment.Restore(new string('x', 1000), FormatGuards.For(TranslationFormat.Plain), out _));
    }

    [Fact]
    public void Emphasis_may_not_change_places_and_placeholders_may()
    {
        var segment = Assert.Single(Cut.Segments("A **bold** word for {name}", "markdown"));
        Assert.Equal("A ⟦0⟧bold⟦1⟧ word for ⟦2⟧", segment);

        Assert.Equal("Para {name} una **palabra** x", Translate("A **bold** word for {name}", "Para ⟦2⟧ una ⟦0⟧palabra⟦1⟧ x"));
        Assert.Throws<Xunit.Sdk.TrueException>(() => Translate("A **bold** word for {name}", "A ⟦1⟧x⟦0⟧ ⟦2⟧"));
    }

    [Theory]
    [InlineData("One two", "uno *dos*", "uno \\*dos\\*")]
    [InlineData("2 * 3 is six", "2 * 3 son seis", "2 * 3 son seis")]
    [InlineData("Number one", "# uno", "\\# uno")]
    [InlineData("Number one", "1. uno", "1\\. uno")]
    [InlineData("One two", "uno\n- dos", "uno - dos")]
    [InlineData("One\ntwo", "uno\n- dos", "uno\n\\- dos")]
    [InlineData("One two", "uno\n\n\ndos", "uno dos")]
    [InlineData("One two", "uno <b>dos", "uno \\<b>dos")]
    public void Words_of_an_engine_do_not_become_markdown(string text, string answer, string expected) =>
        Assert.Equal(expected, Translate(text, answer));

    [Fact]
    public void Words_of_an_engine_do_not_become_a_cue() => Assert.Equal(
        "1\n00:00:01,000 --> 00:00:02,000\na → b\n",
        Cut.Translate("1\n00:00:01,000 --> 00:00:02,000\nHello\n", "srt", 1200, _ => "a --> b"));

    private static string Translate(string text, string answer) => Cut.Translate(text, "markdown", 1200, _ => answer);
}

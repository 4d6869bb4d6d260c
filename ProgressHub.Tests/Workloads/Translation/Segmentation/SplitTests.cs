using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Workloads.Translation.Segmentation;

public sealed class SplitTests
{
    [Fact]
    public void A_long_paragraph_is_cut_after_sentences()
    {
        var text = string.Join(' ', Enumerable.Range(0, 20).Select(i => $"This is sentence number {i}."));

        Assert.All(Cut.Segments(text, "plain", 100), segment => Assert.EndsWith(".", segment, StringComparison.Ordinal));
    }

    [Fact]
    public void Chinese_and_Japanese_are_cut_after_their_own_stops()
    {
        var text = string.Concat(Enumerable.Repeat("這是一個很長的句子，它沒有空格。「真的嗎？」他問。それは本当です！", 20));

        Assert.All(Cut.Segments(text, "plain", 60), segment => Assert.Matches("[。！？」]$", segment));
    }

    [Fact]
    public void Without_sentences_it_is_cut_between_words_and_without_words_between_characters()
    {
        var words = Cut.Segments(string.Join(' ', Enumerable.Repeat("word", 100)), "plain", 52);
        var letters = Cut.Segments(string.Concat(Enumerable.Repeat("e\u0301👩‍👩‍👧‍👦", 100)), "plain", 50);

        Assert.All(words, segment => Assert.Matches("^word( word)*$", segment));
        Assert.All(letters, segment => Assert.Matches("^(e\u0301|👩‍👩‍👧‍👦)+$", segment));
    }

    [Fact]
    public void A_placeholder_is_never_cut()
    {
        var text = string.Concat(Enumerable.Repeat("x{a long name of a placeholder}", 50));

        Assert.All(Cut.Segments(text, "plain", 50), segment => Assert.DoesNotContain("long", segment, StringComparison.Ordinal));
    }

    [Fact]
    public void Lines_broken_to_a_width_are_one_sentence_and_short_lines_are_not()
    {
        Assert.Equal(
            ["This line was broken because it had become too long\nfor the page it was on."],
            Cut.Segments("This line was broken because it had become too long\nfor the page it was on.", "plain"));
        Assert.Equal(["Roses are red", "Violets are blue"], Cut.Segments("Roses are red\n  Violets are blue", "plain"));
        Assert.Equal(["First point", "Second point"], Cut.Segments("- First point\n2) Second point", "plain"));
    }

    [Fact]
    public void Subtitles_keep_all_but_their_words()
    {
        const string text =
            "1\r\n00:00:01,000 --> 00:00:02,000 X1:1\r\n<i>Hello\r\nthere</i>\r\n\r\n\r\nsaid after a pause\r\n\r\n3\r\n00:00:03.5 --> bad\r\nstays\r\n\r\n4\r\n00:00:05,000 --> 00:00:06,000\r\n- One\r\n- Two\r\n5\r\n00:00:07,000 --> 00:00:08,000\r\nLast";

        var translated = Cut.Translate(text, "srt", 1200, s => s.ToUpperInvariant());

        Assert.Equal(
            "1\r\n00:00:01,000 --> 00:00:02,000 X1:1\r\n<i>HELLO\r\nTHERE</i>\r\n\r\n\r\nSAID AFTER A PAUSE\r\n\r\n3\r\n00:00:03.5 --> bad\r\nstays\r\n\r\n4\r\n00:00:05,000 --> 00:00:06,000\r\n- ONE\r\n- TWO\r\n5\r\n00:00:07,000 --> 00:00:08,000\r\nLAST",
            translated);
    }

    [Fact]
    public void Batches_of_subtitles_begin_with_a_cue()
    {
        var text = LongTexts.Subtitles(500);

        Assert.All(Cut.Batches(text, "srt", 500), batch => Assert.Matches("^[0-9]+\n[0-9:,]+ --> ", batch.Source(text)));
    }

    [Fact]
    public void A_code_block_is_never_cut()
    {
        var text = "Intro.\n\n```\n" + string.Concat(Enumerable.Repeat("line of code\n", 50)) + "```\n\nOutro.\n";

        Assert.Single(Cut.Batches(text, "markdown", 100), b => b.Source(text).Contains("line of code", StringComparison.Ordinal));
    }
}

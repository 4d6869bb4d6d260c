namespace ProgressHub.Tests.Workloads.Translation.Segmentation;

/// <summary>Subtitles as programs and people write them: all that is said is translated, and nothing else.</summary>
public sealed class SubtitleTests
{
    [Theory]
    [InlineData("00:04:40 --> 00:04:41")]
    [InlineData("00:00:01,5 --> 00:00:02,25")]
    [InlineData("-00:00:03,000 --> 00:00:04,000")]
    [InlineData("00:00:-3,000 --> 00:00:04,000")]
    [InlineData("0:00:00.000 --> 0:00:02.000")]
    [InlineData("104:00:00,000 --> 1104:00:02,000")]
    [InlineData("04:40,000 --> 04:41,000")]
    [InlineData("00: 00: 01, 000 --> 00: 00: 02, 000")]
    [InlineData("00:00:01:500 --> 00:00:02:500")]
    [InlineData("00:00:01,000 -> 00:00:02,000")]
    [InlineData("00:00:01,000 –> 00:00:02,000")]
    [InlineData("00:00:01,000-->00:00:02,000")]
    [InlineData("٠٠:٠٠:٠١,٠٠٠ --> ٠٠:٠٠:٠٢,٠٠٠")]
    [InlineData("00:00:01.123456789 --> 00:00:02.123456789")]
    [InlineData("00:00:01;12 --> 00:00:02;05")]
    [InlineData("O0:00:0l,000 --> 00:00:O2,000")]
    [InlineData("1,500 --> 3,000")]
    [InlineData("00:00:01,000 --> 00:00:02,000 X1:10 X2:20 Y1:5 Y2:6")]
    public void A_line_of_two_times_begins_a_cue_however_they_are_written(string timing)
    {
        var text = $"1\n{timing}\nGood evening.\n\n2\n{timing}\nMy friend.\n";

        Assert.Equal(["Good evening.", "My friend."], Cut.Segments(text, "srt"));
        Assert.Equal($"1\n{timing}\nGOOD EVENING.\n\n2\n{timing}\nMY FRIEND.\n", Upper(text, "srt"));
    }

    [Theory]
    [InlineData("7 "), InlineData("7. "), InlineData("#7  "), InlineData("7:\t")]
    public void The_number_may_stand_before_the_times(string number)
    {
        var text = $"{number}00:00:01,000 --> 00:00:02,000\nGood evening.\n\n8 00:00:03,000 --> 00:00:04,000\nMy friend.\n";

        Assert.Equal(["Good evening.", "My friend."], Cut.Segments(text, "srt"));
    }

    [Theory]
    [InlineData("Twenty to 10:30 --> later")]
    [InlineData("See 1:2 -> 3:4:5:6 there")]
    public void Words_with_an_arrow_begin_no_cue(string words)
    {
        var text = $"1\n00:00:01,000 --> 00:00:02,000\n{words}\n";

        Assert.Equal([words], Cut.Segments(text, "srt"));
    }

    [Fact]
    public void What_follows_a_blank_line_within_a_cue_is_said_too()
    {
        const string text = "1\n00:00:01,000 --> 00:00:02,000\nplease greet the\n\n       wizard of tea.\n\n\n2\n00:00:03,000 --> 00:00:04,000\nnext one\n";

        Assert.Equal(["please greet the", "wizard of tea.", "next one"], Cut.Segments(text, "srt"));
    }

    [Fact]
    public void A_cue_of_a_number_keeps_it_and_the_next_cue_is_found()
    {
        const string text = "45\n00:00:01,000 --> 00:00:02,000\nraise\n\n46\n00:00:03,000 --> 00:00:04,000\n\n250\n\n48\n00:00:07,000 --> 00:00:08,000\ncalled";

        Assert.Equal(["raise", "called"], Cut.Segments(text, "srt"));
    }

    [Fact]
    public void A_vtt_translates_its_cues_and_nothing_else()
    {
        const string text = """
            WEBVTT - a title
            Kind: captions

            NOTE a remark
            over two lines

            STYLE
            ::cue { color: red }

            REGION
            id:fred

            intro
            00:01.000 --> 00:02.000 align:start position:10%
            <v Maria>Welcome <c.loud>aboard</c>
            and <00:01.500>sit &amp; rest

            01:00:01.000 --> 01:00:02.000
            - Who?
            - Me.
            01:00:03.000 --> 01:00:04.000
            Done
            """;

        var translated = Upper(text, "vtt");

        Assert.Equal(
            text.Replace("Welcome", "WELCOME", StringComparison.Ordinal).Replace(">aboard", ">ABOARD", StringComparison.Ordinal)
                .Replace("\nand ", "\nAND ", StringComparison.Ordinal).Replace("sit &", "SIT &", StringComparison.Ordinal)
                .Replace("rest", "REST", StringComparison.Ordinal).Replace("Who?", "WHO?", StringComparison.Ordinal)
                .Replace("Me.", "ME.", StringComparison.Ordinal).Replace("Done", "DONE", StringComparison.Ordinal),
            translated);
    }

    [Fact]
    public void Words_of_an_engine_never_become_a_tag_or_a_time_of_a_vtt() => Assert.Equal(
        "WEBVTT\n\n00:01.000 --> 00:02.000\na &lt;b> &amp; → c\n",
        Cut.Translate("WEBVTT\n\n00:01.000 --> 00:02.000\nwords\n", "vtt", 1000, _ => "a <b> & --> c"));

    private static string Upper(string text, string format) => Cut.Translate(text, format, 1000, s => s.ToUpperInvariant());
}

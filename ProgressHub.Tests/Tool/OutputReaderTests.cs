using System.Text;
using ProgressHub.Tool.Terminal;

namespace ProgressHub.Tests.Tool;

/// <summary>What bytes of a command become in the log, and what of them is looked at for a bar.</summary>
public sealed class OutputReaderTests
{
    public static TheoryData<string, string[]> Outputs => new()
    {
        { "one\ntwo\r\nthree", ["one", "two", "three"] },
        { "10%\r55%\r\nend\n", ["55%", "end"] },
        { "\u001b[32mok\u001b[0m 20% \u001b[1;31mred\u001b[0m\n", ["ok 20% red"] },
        { "\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\\n\u001b]0;title\abody\n", ["link", "body"] },
        { "\u001b[38;2;10;20;30mtrue colour\u001b[m\u001b(B\n", ["true colour"] },
        { "spin |\b/\b-\bdone\n", ["spin done"] },
        { "a\tb\u0007c\0d\n", ["a bcd"] },
        { "long text\r\u001b[Kshort\n", ["short"] },
        { "long text\u001b[2K\u001b[1Gshort\n", ["short"] },
        { "\n\nx\n", ["", "", "x"] },
        { "Grüße 会议 😀\n", ["Grüße 会议 😀"] },
        { "a: 0%\nb: 0%\n\u001b[2A\ra: 50%\n\u001b[Kb: 10%\n\u001b[2A\ra: 100%\n\u001b[Kb: 100%\nend\n", ["a: 0%", "b: 0%", "a: 100%", "b: 100%", "end"] },
        { "cut off \u001b[3", ["cut off "] },
    };

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Output_becomes_lines(string output, string[] lines) => Assert.Equal(lines, Lines(Encoding.UTF8.GetBytes(output), int.MaxValue));

    [Theory]
    [MemberData(nameof(Outputs))]
    public void However_it_is_cut_it_is_read_alike(string output, string[] lines) => Assert.Equal(lines, Lines(Encoding.UTF8.GetBytes(output), 1));

    [Fact]
    public void A_byte_that_is_not_UTF8_spoils_itself_alone() =>
        Assert.Equal(["caf\ufffd", "näch\ufffdste", "ok"], Lines([.. "caf"u8, 0xe9, .. "\nnäch"u8, 0xff, .. "ste\nok\n"u8], 3));

    [Fact]
    public void A_line_of_megabytes_is_cut_and_the_next_is_whole()
    {
        var lines = Lines([.. Enumerable.Repeat((byte)'x', 3_000_000), .. "\nend\n"u8], 65_536);

        Assert.Equal([ScreenRows.MaxLine, 3], lines.Select(line => line.Length));
    }

    [Fact]
    public void What_is_drawn_is_seen_while_it_is()
    {
        var seen = new List<(string Text, bool Redrawn, int Row)>();
        var reader = new OutputReader(new ScreenRows(_ => { }, (text, redrawn, row) => seen.Add((text, redrawn, row))));

        reader.Take("10%"u8);
        reader.Take("\r20%"u8);
        reader.Take("\router 1\n inner 2\u001b[A"u8);

        Assert.Equal([("10%", false, 0), ("20%", true, 0), ("outer 1", true, 0), (" inner 2", false, 0)], seen);
    }

    [Fact]
    public void Any_bytes_are_read_without_harm()
    {
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var bytes = new byte[2000];
            random.NextBytes(bytes);
            for (var j = 0; j < 200; j++)
                bytes[random.Next(bytes.Length)] = "\u001b[A\r\n9;K]H"u8.ToArray()[random.Next(10)];
            Assert.DoesNotContain(Lines([.. bytes, .. "\u001b\\\nend\n"u8], 97), line => line.Any(char.IsControl) || line.Length > ScreenRows.MaxLine);
        }
    }

    private static List<string> Lines(byte[] bytes, int piece)
    {
        var lines = new List<string>();
        var reader = new OutputReader(new ScreenRows(lines.Add, (_, _, _) => { }));
        foreach (var part in bytes.Chunk(Math.Min(piece, bytes.Length)))
            reader.Take(part);
        reader.End();
        return lines;
    }
}

using System.Text;
using ProgressHub.Workloads.Knowledge.Chunking;

namespace ProgressHub.Tests.Workloads.Knowledge.Documents;

public sealed class ChunkingTests
{
    [Fact]
    public void Code_in_markdown_keeps_its_lines_and_their_indentation()
    {
        var chunks = Cut("guide.md", "# Guide\n\nUse it so:\n\n```python\ndef discount(total):\n    return total * 0.15\n```\n\nThen go on.\n");

        Assert.Contains("def discount(total):\n    return total * 0.15", Assert.Single(chunks).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_table_repeats_its_header_and_loses_no_row()
    {
        var rows = Enumerable.Range(1, 200).Select(i => $"| W-{i:000} | part number {i} | {i}.50 |").ToList();

        var chunks = Cut("parts.md", $"# Parts\n\n| Id | Name | Price |\n|---|---|---|\n{string.Join('\n', rows)}\n");

        Assert.True(chunks.Count > 5);
        Assert.All(chunks, c => Assert.StartsWith("Id | Name | Price\nW-", c.Text, StringComparison.Ordinal));
        Assert.All(chunks, c => Assert.Equal("Parts", c.Heading));
        Assert.Equal(200, chunks.Sum(c => c.Text.Split('\n').Count(line => line.StartsWith("W-", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("server.log"), InlineData("run.py"), InlineData("notes.txt"), InlineData("README")]
    public void A_passage_knows_the_line_that_it_begins_in(string name)
    {
        var lines = Enumerable.Range(1, 5000).Select(i => i % 10 == 0 ? "" : $"    line {i} of the file").ToList();

        var chunks = Cut(name, string.Join("\r\n", lines));

        Assert.All(chunks, c => Assert.Equal(lines[c.Line!.Value - 1].Trim(), c.Text.Split('\n')[0].Trim()));
        Assert.Equal(4500, chunks.Sum(c => c.Text.Split('\n').Count(line => line.Contains("line", StringComparison.Ordinal))));
    }

    [Fact]
    public void Programs_keep_their_indentation() =>
        Assert.Equal("  if (a):\n      b()", Assert.Single(Cut("a.py", "\n\n  if (a):\n      b()\n\n")).Text);

    [Fact]
    public void A_passage_stands_on_one_page() =>
        Assert.Equal([1, 2], Cut("a.pdf", Written.Pdf([(50, 700, "One.")], [(50, 700, "Two.")])).Select(c => c.Page!.Value));

    private static IReadOnlyList<Chunk> Cut(string name, string text) => Cut(name, Encoding.UTF8.GetBytes(text));

    private static IReadOnlyList<Chunk> Cut(string name, byte[] bytes) => Chunker.Cut(Reading.One(name, bytes));
}

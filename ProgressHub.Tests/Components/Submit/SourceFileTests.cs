using System.Text;
using Microsoft.AspNetCore.Components.Forms;
using ProgressHub.Web.Components.Submit;

namespace ProgressHub.Tests.Components.Submit;

public sealed class SourceFileTests
{
    [Theory]
    [InlineData("a.txt", "plain")]
    [InlineData("a.MD", "markdown")]
    [InlineData("a.b.srt", "srt")]
    public async Task The_extension_says_the_format(string name, string format) =>
        Assert.Equal(format, (await ReadAsync(name, "Hello"u8.ToArray())).Format);

    [Fact]
    public async Task A_byte_order_mark_is_not_part_of_the_text() =>
        Assert.Equal("Grüße", (await ReadAsync("a.txt", [0xEF, 0xBB, 0xBF, .. "Grüße"u8])).Text);

    [Theory]
    [InlineData("a.pdf", new byte[] { 0x41 }, "not a .txt, .md, .srt, .vtt, .json or .po")]
    [InlineData("a.txt", new byte[] { 0x41, 0xE4, 0x20 }, "not UTF-8")]
    [InlineData("a.txt", new byte[] { 0xFF, 0xFE, 0x41, 0x00 }, "UTF-16")]
    [InlineData("a.txt", new byte[] { 0x41, 0x00, 0x41 }, "zero bytes")]
    public async Task What_can_not_be_taken_says_why(string name, byte[] content, string why)
    {
        var refusal = await Assert.ThrowsAsync<FormatException>(() => ReadAsync(name, content));

        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_two_megabytes_is_taken_and_one_byte_more_is_not()
    {
        Assert.Equal(SourceFile.MaxBytes, (await ReadAsync("a.txt", Encoding.UTF8.GetBytes(new string('a', SourceFile.MaxBytes)))).Text.Length);

        var refusal = await Assert.ThrowsAsync<FormatException>(() => ReadAsync("a.txt", new byte[SourceFile.MaxBytes + 1]));
        Assert.Contains("at most 2 MB", refusal.Message, StringComparison.Ordinal);
    }

    private static Task<SourceFile> ReadAsync(string name, byte[] content) =>
        SourceFile.ReadAsync(new OfferedFile(name, content), CancellationToken.None);

    private sealed class OfferedFile(string name, byte[] content) : IBrowserFile
    {
        public string Name => name;

        public DateTimeOffset LastModified => default;

        public long Size => content.Length;

        public string ContentType => "";

        public Stream OpenReadStream(long maxAllowedSize, CancellationToken cancellationToken) => new MemoryStream(content);
    }
}

using System.Text;
using ProgressHub.Core.Uploads;

namespace ProgressHub.Tests.Uploads;

public sealed class MediaTypeSnifferTests
{
    public static TheoryData<byte[], string> Starts => new()
    {
        { [.. "RIFF"u8, 1, 2, 3, 4, .. "WAVEfmt "u8], "audio/wav" },
        { [.. "RIFF"u8, 1, 2, 3, 4, .. "AVI LIST"u8], "video/x-msvideo" },
        { [.. "FORM"u8, 0, 0, 0, 4, .. "AIFFCOMM"u8], "audio/aiff" },
        { [.. "ID3"u8, 4, 0, 0], "audio/mpeg" },
        { [0xFF, 0xFB, 0x90, 0x64, 0], "audio/mpeg" },
        { [.. "OggS"u8, 0, 2], "audio/ogg" },
        { [.. "fLaC"u8, 0], "audio/flac" },
        { [0, 0, 0, 0x20, .. "ftypM4A "u8, 0], "audio/mp4" },
        { [0, 0, 0, 0x20, .. "ftypisom"u8, 0], "video/mp4" },
        { [0x1A, 0x45, 0xDF, 0xA3, 0x42, 0x82, 0x84, .. "webm"u8], "video/webm" },
        { [0x1A, 0x45, 0xDF, 0xA3, 0x42, 0x82, 0x88, .. "matroska"u8], "video/x-matroska" },
        { [.. "%PDF-1.7"u8], "application/pdf" },
        { [.. "PK"u8, 3, 4, 20], "application/zip" },
        { [.. "Grüße, 世界\r\n\tund so weiter"u8], "text/plain" },
        { [0xEF, 0xBB, 0xBF, .. "name,age"u8], "text/plain" },
        { [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("Grüße")], "text/plain" },
        { Encoding.Unicode.GetBytes("Without a mark"), "text/plain" },
        { Encoding.BigEndianUnicode.GetBytes("Without a mark"), "text/plain" },
        { "cut in the middle of ü"u8[..^1].ToArray(), "text/plain" },
        { [0xFF, 0xF1, 0x50, 0x80], "application/octet-stream" },
        { [0xC3, 0x28, 0x41], "application/octet-stream" },
        { [.. "text with a "u8, 0, 1, 2], "application/octet-stream" },
        { [.. "RIFF"u8, 1, 2], "application/octet-stream" },
        { [], "application/octet-stream" },
    };

    [Theory]
    [MemberData(nameof(Starts))]
    public void Content_is_what_its_bytes_say(byte[] start, string type) => Assert.Equal(type, MediaTypeSniffer.Of(start));

    [Theory]
    [InlineData("talk.wav", "talk.wav")]
    [InlineData("/etc/passwd", "passwd")]
    [InlineData("C:\\songs\\a b.mp3", "a b.mp3")]
    [InlineData("..", "file")]
    [InlineData("a\u0000b\r\nc", "a_b__c")]
    [InlineData("  ", "file")]
    [InlineData(null, "file")]
    [InlineData("世界.wav", "世界.wav")]
    public void A_name_is_a_line_to_show_and_never_a_path(string? given, string kept) => Assert.Equal(kept, FileName.Of(given));

    [Fact]
    public void Half_a_character_is_none() => Assert.Equal("_x", FileName.Of("\ud800x"));

    [Fact]
    public void A_name_is_bounded() => Assert.Equal(200, FileName.Of(new string('x', 5000)).Length);
}

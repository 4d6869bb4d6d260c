using System.Text.Json;
using ProgressHub.AspNetCore.Dialects;

namespace ProgressHub.Tests.AspNetCore.Dialects;

public sealed class ReadableEncoderTests
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = ReadableEncoder.Instance };

    [Theory]
    [InlineData("🎯 開始 RAG檢索 (預計 3.0s)", "\"🎯 開始 RAG檢索 (預計 3.0s)\"")]
    [InlineData("𝔘 <b>&'</b>", "\"𝔘 <b>&'</b>\"")]
    [InlineData("\"\\", "\"\\\"\\\\\"")]
    [InlineData("\r\n\u2028\u0085\0", "\"\\r\\n\\u2028\\u0085\\u0000\"")]
    public void Only_what_must_be_is_escaped(string text, string json) => Assert.Equal(json, JsonSerializer.Serialize(text, Readable));

    [Fact]
    public void Any_text_reads_back_as_it_was_on_one_line()
    {
        var random = new Random(7);
        for (var i = 0; i < 2_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(40)).Select(_ => (char)random.Next(0x3000))])
                + string.Concat(Enumerable.Repeat("😀", random.Next(3))) + (char)random.Next(0x80);

            var json = JsonSerializer.Serialize(text, Readable);
            var utf8 = JsonSerializer.SerializeToUtf8Bytes(text, Readable);

            Assert.Equal(text, JsonSerializer.Deserialize<string>(json));
            Assert.Equal(text, JsonSerializer.Deserialize<string>(utf8));
            Assert.DoesNotContain('\n', json);
            Assert.DoesNotContain('\r', json);
        }
    }
}

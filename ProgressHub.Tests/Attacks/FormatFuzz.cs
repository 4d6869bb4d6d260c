using System.Text;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Workloads.Translation;
using ProgressHub.Workloads.Knowledge.Documents;
using ProgressHub.Workloads.Transcription.Audio;

namespace ProgressHub.Tests.Attacks;

/// <summary>Readers of files, given files that are nearly ones: a right answer or a clear error, and what is translated by nobody stays as it is.</summary>
public sealed class FormatFuzz
{
    private const int Times = 300;

    [Fact]
    public void Recordings() => Mutations.Of(Wav(1), Wav(2)).ForEach(
        Times,
        bytes =>
        {
            try
            {
                if (WavReader.Open(new MemoryStream(bytes)) is { } reader)
                {
                    Assert.InRange(reader.Frames, 0, bytes.Length);
                    Assert.True(double.IsFinite(reader.Seconds));
                }
            }
            catch (WorkloadException refusal)
            {
                Assert.Equal("not_audio", refusal.Code);
            }
        });

    [Theory]
    [InlineData("srt", "1\n00:00:01,000 --> 00:00:02,500\n<i>Hello</i> there\n\n2\n00:00:03,000 --> 00:00:04,000\n- You?\n- Me.\n")]
    [InlineData("vtt", "WEBVTT\n\nNOTE x\n\n00:01.000 --> 00:02.000 align:start\n<v Ann>Hello\n")]
    [InlineData("markdown", "---\ntitle: A\n---\n# Head `code`\n\n- [a](b \"c\")\n\n| a | b |\n|---|---|\n| 1 | ![x](y) |\n\n```js\nlet a\n```\n")]
    [InlineData("json", "{\"a\": \"Hello {name}\", \"b\": [\"x\", {\"c\": \"{n, plural, one {# a} other {# b}}\"}]}")]
    [InlineData("po", "msgid \"\"\nmsgstr \"\"\n\nmsgid \"Hello %s\"\nmsgstr \"\"\n\nmsgid \"one\"\nmsgid_plural \"many\"\nmsgstr[0] \"\"\n")]
    public void Texts_that_are_translated(string format, string example) => Mutations.Of(example).ForEach(
        Times,
        bytes =>
        {
            var text = Encoding.UTF8.GetString(bytes);
            try
            {
                // A catalogue gets the translations that it has none of; any other text comes back as it was.
                var same = Cut.Translate(text, format, 20_000, static s => s);
                Assert.True(format == "po" || same == text, text);
            }
            catch (WorkloadException)
            {
                // Refused, with words.
            }
        });

    [Fact]
    public void Tables_and_pages_as_documents() => Mutations.Of(
        "id,title,text\n1,\"A, \"\"b\"\"\",Hello\n2,C,D\n", "<html><head><title>T</title></head><body><p>a<table><tr><td>1</table></body>", "# A\n\ntext [x](y)\n").ForEach(
        Times,
        bytes =>
        {
            var text = Encoding.UTF8.GetString(bytes);
            try
            {
                Assert.All(CsvDocuments.Read("a.csv", new StringReader(text)), Assert.NotNull);
                Assert.NotNull(HtmlDocuments.FromHtml("a", "a.html", new StringReader(text), _ => 1, _ => { }));
                Assert.NotNull(HtmlDocuments.FromMarkdown("a", "a.md", text, _ => { }));
            }
            catch (WorkloadException)
            {
                // Refused, with words.
            }
        });

    private static byte[] Wav(short channels)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream))
        {
            writer.Write("RIFF"u8);
            writer.Write(36 + 400);
            writer.Write("WAVEfmt "u8);
            writer.Write(16);
            writer.Write((short)1);
            writer.Write(channels);
            writer.Write(16000);
            writer.Write(32000 * channels);
            writer.Write((short)(2 * channels));
            writer.Write((short)16);
            writer.Write("data"u8);
            writer.Write(400);
            writer.Write(new byte[400]);
        }

        return stream.ToArray();
    }
}

using System.Text;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Transcription.Engines;
using ProgressHub.Workloads.Transcription.Formats;

namespace ProgressHub.Tests.Workloads.Transcription;

public sealed class TranscriptFormsTests
{
    private static readonly Transcript Sample = Transcript.Of("pocketsphinx", "en", 3725.5, [
        new(1, 3, 3661.001, 3725.4996, "a < b & c --> d"), new(0, 3, 0, 1.5, "Hello\nthere\u2028you"), new(2, 3, 3725.5, 3725.5, "  "),
    ]);

    [Fact]
    public void Text_is_a_line_for_each_segment() =>
        Assert.Equal("Hello there you\na < b & c --> d\n", TranscriptForms.Write(Sample, "text"));

    [Fact]
    public void SRT_has_numbers_times_with_commas_and_no_arrow_in_its_text() => Assert.Equal(
        "1\n00:00:00,000 --> 00:00:01,500\nHello there you\n\n2\n01:01:01,001 --> 01:02:05,500\na < b & c -> d\n\n",
        TranscriptForms.Write(Sample, "srt"));

    [Fact]
    public void VTT_has_its_head_times_with_points_and_escapes() => Assert.Equal(
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nHello there you\n\n01:01:01.001 --> 01:02:05.500\na &lt; b &amp; c --&gt; d\n\n",
        TranscriptForms.Write(Sample, "vtt"));

    [Fact]
    public void JSON_has_all_and_is_read_back_as_it_was()
    {
        var again = Transcript.FromJson(Encoding.UTF8.GetBytes(TranscriptForms.Write(Sample, "json")));

        Assert.Equal((Sample.Engine, Sample.Language, Sample.Duration, Sample.Text), (again.Engine, again.Language, again.Duration, again.Text));
        Assert.Equal(Sample.Segments.Select(s => (Math.Round(s.Start, 3), Math.Round(s.End, 3), s.Text)), again.Segments.Select(s => (s.Start, s.End, s.Text)));
    }

    [Fact]
    public void Nothing_said_is_a_valid_file_in_every_form()
    {
        var silent = Transcript.Of(null, null, 2, []);

        Assert.Equal("", TranscriptForms.Write(silent, "text"));
        Assert.Equal("", TranscriptForms.Write(silent, "srt"));
        Assert.Equal("WEBVTT\n\n", TranscriptForms.Write(silent, "vtt"));
        Assert.Equal("""{"text":"","language":null,"duration":2,"engine":null,"segments":[]}""", TranscriptForms.Write(silent, "json"));
    }

    [Fact]
    public async Task What_is_heard_so_far_is_a_result_in_every_form()
    {
        await using var host = new TranscriptionHost();
        var input = System.Text.Json.JsonSerializer.SerializeToElement(new { file = TranscriptionHost.FileId, engine = "pocketsphinx" });
        Assert.Null(host.Workload.Assemble(input, new Dictionary<int, PartialResult>()));

        var soFar = host.Workload.Assemble(input, new Dictionary<int, PartialResult>
        {
            [0] = new SpeechSegment(0, 9, 0.2, 3, "front center").ToPartial(),
            [1] = new SpeechSegment(1, 9, 3, 6, "").ToPartial(),
        })!;

        Assert.Equal("application/json", soFar.ContentType);
        Assert.Contains("\"duration\":6,", Encoding.UTF8.GetString(soFar.Body.Span), StringComparison.Ordinal);
        var srt = host.Workload.Render(soFar, host.Workload.Descriptor.ResultForms.Single(f => f.Name == "srt"));
        Assert.Equal(("application/x-subrip; charset=utf-8", "transcript.srt"), (srt.ContentType, srt.FileName));
        Assert.Equal("1\n00:00:00,200 --> 00:00:03,000\nfront center\n\n", Encoding.UTF8.GetString(srt.Body.Span));
    }
}

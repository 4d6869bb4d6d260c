using ProgressHub.Web.Components.Health;
using ProgressHub.Workloads.Transcription.Audio;

namespace ProgressHub.Tests.Components.Health;

public sealed class SpokenSampleTests
{
    [Fact]
    public void It_is_a_short_recording_that_every_engine_can_read_and_is_not_silent()
    {
        using var stream = new MemoryStream(SpokenSample.Read());

        var reader = WavReader.Open(stream)!;
        List<float> samples = [];
        while (reader.Read() is { Length: > 0 } block)
            samples.AddRange(block);

        Assert.Equal((16_000, 1), (reader.Format.SampleRate, reader.Format.Channels));
        Assert.InRange(samples.Count, 16_000, 32_000);
        Assert.InRange(samples.Max(MathF.Abs), 0.1f, 1f);
    }
}

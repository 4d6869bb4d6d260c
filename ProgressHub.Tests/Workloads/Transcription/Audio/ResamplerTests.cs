using ProgressHub.Workloads.Transcription.Audio;

namespace ProgressHub.Tests.Workloads.Transcription.Audio;

public sealed class ResamplerTests
{
    private const int Rate = SpeechAudio.SampleRate;

    [Theory]
    [InlineData(8000)]
    [InlineData(11_025)]
    [InlineData(22_050)]
    [InlineData(32_000)]
    [InlineData(44_100)]
    [InlineData(44_101)]
    [InlineData(48_000)]
    [InlineData(96_000)]
    [InlineData(192_000)]
    public void A_tone_keeps_its_pitch_loudness_and_length(int from)
    {
        var output = Resample(Tone(from, 1000, 1), from, from);

        Assert.InRange(output.Length, Rate - 1, Rate + 1);
        for (var i = 200; i < Rate - 200; i++)
            Assert.Equal(Math.Sin(2 * Math.PI * 1000 * i / Rate), output[i], 0.005);
    }

    [Theory]
    [InlineData(44_100, 9000)]
    [InlineData(48_000, 12_000)]
    [InlineData(96_000, 40_000)]
    public void What_the_lower_rate_can_not_hold_is_taken_out(int from, int hertz)
    {
        var output = Resample(Tone(from, hertz, 1), from, from);

        Assert.True(output.Skip(200).SkipLast(200).Max(Math.Abs) < 0.002);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(480)]
    [InlineData(50_000)]
    public void How_it_comes_in_blocks_makes_no_difference(int block)
    {
        var tone = Tone(44_100, 700, 0.5);

        Assert.Equal(Resample(tone, 44_100, tone.Length), Resample(tone, 44_100, block));
    }

    [Fact]
    public void Nothing_gives_nothing() => Assert.Empty(Resample([], 48_000, 1));

    private static float[] Tone(int rate, int hertz, double seconds) =>
        [.. Enumerable.Range(0, (int)(rate * seconds)).Select(i => (float)Math.Sin(2 * Math.PI * hertz * i / rate))];

    private static float[] Resample(float[] input, int from, int block)
    {
        var resampler = new Resampler(from, Rate);
        List<float> output = [];
        for (var i = 0; i < input.Length; i += block)
            output.AddRange(resampler.Push(input.AsSpan(i, Math.Min(block, input.Length - i))));
        output.AddRange(resampler.Finish());
        return [.. output];
    }
}

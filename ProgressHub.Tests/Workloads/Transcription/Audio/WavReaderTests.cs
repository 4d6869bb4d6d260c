using System.Buffers.Binary;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Transcription.Audio;

namespace ProgressHub.Tests.Workloads.Transcription.Audio;

public sealed class WavReaderTests
{
    [Theory]
    [InlineData(8, false, 0.02)]
    [InlineData(16, false, 0.001)]
    [InlineData(24, false, 0.001)]
    [InlineData(32, false, 0.001)]
    [InlineData(32, true, 0.001)]
    [InlineData(64, true, 0.001)]
    public void Every_way_to_keep_a_sample_is_read(int bits, bool floating, double tolerance)
    {
        foreach (var extensible in new[] { false, true })
        {
            var samples = ReadAll(WavMaker.Sine(16_000, 2, bits, floating, 0.1, extensible));

            Assert.Equal(1600, samples.Length);
            for (var i = 0; i < samples.Length; i++)
                Assert.Equal(0.5 * Math.Sin(2 * Math.PI * WavMaker.Tone * i / 16_000), samples[i], tolerance);
        }
    }

    [Theory]
    [InlineData(1, 8000)]
    [InlineData(2, 44_100)]
    [InlineData(6, 96_000)]
    public void Channels_are_mixed_to_one_without_a_change_of_loudness(int channels, int rate)
    {
        var samples = ReadAll(WavMaker.Sine(rate, channels, 16, false, 0.5));

        // In 5.1 the bass is left out, which is alike here.
        Assert.Equal(rate / 2, samples.Length);
        Assert.Equal(0.5, samples.Max(), 0.01);
    }

    [Fact]
    public void A_truncated_file_gives_what_it_has_and_says_so()
    {
        var wav = WavMaker.Sine(16_000, 1, 16, false, 1);
        var reader = WavReader.Open(new MemoryStream(wav[..(44 + 8001)]))!;

        Assert.True(reader.IsTruncated);
        Assert.Equal(4000, reader.Frames);
        Assert.Equal(4000, Drain(reader).Length);
    }

    [Theory]
    [InlineData(0u, 0u)]
    [InlineData(uint.MaxValue, uint.MaxValue)]
    [InlineData(36u, 0u)]
    public void Lengths_that_a_recorder_never_wrote_mean_to_the_end(uint riff, uint data)
    {
        var wav = WavMaker.Sine(16_000, 1, 16, false, 0.5);
        BinaryPrimitives.WriteUInt32LittleEndian(wav.AsSpan(4), riff);
        BinaryPrimitives.WriteUInt32LittleEndian(wav.AsSpan(40), data);
        var reader = WavReader.Open(new MemoryStream(wav))!;

        Assert.False(reader.IsTruncated);
        Assert.Equal(8000, Drain(reader).Length);
    }

    [Fact]
    public void A_finished_file_without_samples_is_empty_whatever_follows()
    {
        byte[] wav = [.. WavMaker.Mono16(), .. "LIST"u8, 4, 0, 0, 0, 1, 2, 3, 4];
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(4), wav.Length - 8);

        Assert.Equal(0, WavReader.Open(new MemoryStream(wav))!.Frames);
    }

    [Fact]
    public void Chunks_that_nobody_needs_are_passed_over()
    {
        var wav = WavMaker.WithChunk(WavMaker.Sine(16_000, 1, 16, false, 0.1), "LIST", new byte[1001]);

        Assert.Equal(1600, ReadAll(wav).Length);
    }

    [Fact]
    public void Sixty_four_bit_lengths_are_read()
    {
        var wav = WavMaker.Sine(16_000, 1, 16, false, 0.1);
        BinaryPrimitives.WriteUInt32LittleEndian(wav.AsSpan(40), uint.MaxValue);
        var lengths = new byte[28];
        BinaryPrimitives.WriteInt64LittleEndian(lengths.AsSpan(8), 1000);
        wav = WavMaker.WithChunk(wav, "ds64", lengths);
        "RF64"u8.CopyTo(wav);

        Assert.Equal(500, ReadAll(wav).Length);
    }

    [Fact]
    public void Compressed_samples_are_left_to_a_decoder()
    {
        var wav = WavMaker.Sine(8000, 1, 8, false, 0.1);
        wav[20] = 7;

        Assert.Null(WavReader.Open(new MemoryStream(wav)));
    }

    [Fact]
    public void Samples_that_are_no_numbers_are_silence()
    {
        var wav = WavMaker.Of(16_000, 1, 32, floating: true, extensible: false, [double.NaN, double.PositiveInfinity, 0.25]);

        Assert.Equal([0, 0, 0.25f], ReadAll(wav));
    }

    [Theory]
    [InlineData("RIFF")]
    [InlineData("RIFF____WAVE")]
    [InlineData("RIFF____WAVEfmt \u0010\0\0\0")]
    [InlineData("RIFF____WAVEdata\u0001\0\0\0x")]
    [InlineData("not a wave file at all")]
    public void What_is_broken_before_its_sound_is_not_audio(string text)
    {
        using var stream = new MemoryStream(System.Text.Encoding.Latin1.GetBytes(text));

        Assert.Equal("not_audio", Assert.Throws<WorkloadException>(() => WavReader.Open(stream)).Code);
    }

    [Fact]
    public void No_damage_to_a_header_makes_it_hang_or_crash()
    {
        var random = new Random(7);
        var good = WavMaker.WithChunk(WavMaker.Sine(16_000, 2, 24, false, 0.05), "junk", [1, 2, 3]);
        for (var round = 0; round < 3000; round++)
        {
            var wav = good[..random.Next(good.Length + 1)].ToArray();
            for (var i = 0; i < 4 && wav.Length > 0; i++)
                wav[random.Next(Math.Min(wav.Length, 80))] = (byte)random.Next(256);
            try
            {
                if (WavReader.Open(new MemoryStream(wav)) is { } reader)
                    Assert.True(Drain(reader).Length <= wav.Length);
            }
            catch (WorkloadException refusal)
            {
                Assert.Equal("not_audio", refusal.Code);
            }
        }
    }

    private static float[] ReadAll(byte[] wav) => Drain(WavReader.Open(new MemoryStream(wav))!);

    private static float[] Drain(WavReader reader)
    {
        List<float> samples = [];
        while (reader.Read() is { Length: > 0 } block)
            samples.AddRange(block);
        return [.. samples];
    }
}

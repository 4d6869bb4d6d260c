using System.Buffers.Binary;
using System.Text;

namespace ProgressHub.Tests.Support;

/// <summary>Makes WAV files of every kind, with a tone in them.</summary>
internal static class WavMaker
{
    public const int Tone = 440;

    /// <summary>A WAV of a sine of 440 Hz at half of full scale in every channel.</summary>
    /// <param name="rate">Frames a second.</param>
    /// <param name="channels">How many channels.</param>
    /// <param name="bits">Bits a sample.</param>
    /// <param name="floating">Whether samples are floating point.</param>
    /// <param name="seconds">How long it is.</param>
    /// <param name="extensible">Whether its header is of the extensible form.</param>
    public static byte[] Sine(int rate, int channels, int bits, bool floating, double seconds, bool extensible = false) => Of(
        rate, channels, bits, floating, extensible,
        [.. Enumerable.Range(0, (int)(rate * seconds)).Select(i => 0.5 * Math.Sin(2 * Math.PI * Tone * i / rate))]);

    /// <summary>A WAV of 16 kHz, mono, 16 bits.</summary>
    public static byte[] Mono16(params double[] samples) => Of(16_000, 1, 16, false, false, samples);

    /// <summary>A WAV of two channels of 16 bits that are the samples, louder or softer, with a constant voltage added.</summary>
    public static byte[] Stereo(int rate, double[] samples, double left, double right, double leftOffset = 0, double rightOffset = 0) =>
        Stereo(rate, samples, (_, sample) => ((left * sample) + leftOffset, (right * sample) + rightOffset));

    /// <summary>A WAV of two channels of 16 bits, made of the samples and their places.</summary>
    public static byte[] Stereo(int rate, double[] samples, Func<int, double, (double Left, double Right)> channels)
    {
        var wav = Of(rate, 2, 16, false, false, samples);
        for (var i = 0; i < samples.Length; i++)
        {
            var (left, right) = channels(i, samples[i]);
            var frame = wav.AsSpan(wav.Length - ((samples.Length - i) * 4));
            Write(frame, left, 16, false);
            Write(frame[2..], right, 16, false);
        }

        return wav;
    }

    /// <summary>A WAV of channels of 16 bits that are the samples, each louder, softer or turned round.</summary>
    public static byte[] Channels(int rate, double[] samples, params double[] gains)
    {
        var wav = Of(rate, gains.Length, 16, false, false, samples);
        for (var i = 0; i < samples.Length * gains.Length; i++)
            Write(wav.AsSpan(wav.Length - (((samples.Length * gains.Length) - i) * 2)), samples[i / gains.Length] * gains[i % gains.Length], 16, false);
        return wav;
    }

    public static byte[] Of(int rate, int channels, int bits, bool floating, bool extensible, double[] samples)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        var frame = channels * bits / 8;
        writer.Write("RIFF"u8);
        writer.Write((extensible ? 60 : 36) + (samples.Length * frame));
        writer.Write("WAVEfmt "u8);
        writer.Write(extensible ? 40 : 16);
        writer.Write((ushort)(extensible ? 0xFFFE : floating ? 3 : 1));
        writer.Write((ushort)channels);
        writer.Write(rate);
        writer.Write(rate * frame);
        writer.Write((ushort)frame);
        writer.Write((ushort)bits);
        if (extensible)
        {
            writer.Write((ushort)22);
            writer.Write((ushort)bits);
            writer.Write(0);
            writer.Write((ushort)(floating ? 3 : 1));
            writer.Write([0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]);
        }

        writer.Write("data"u8);
        writer.Write(samples.Length * frame);
        var bytes = new byte[8];
        foreach (var sample in samples)
        {
            for (var channel = 0; channel < channels; channel++)
                writer.Write(bytes, 0, Write(bytes, sample, bits, floating));
        }

        return stream.ToArray();
    }

    /// <summary>A WAV with a chunk before its samples that nobody needs.</summary>
    public static byte[] WithChunk(byte[] wav, string id, byte[] content)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(wav, 0, 12);
        writer.Write(Encoding.ASCII.GetBytes(id));
        writer.Write(content.Length);
        writer.Write(content);
        if (content.Length % 2 == 1)
            writer.Write((byte)0);
        writer.Write(wav, 12, wav.Length - 12);
        return stream.ToArray();
    }

    private static int Write(Span<byte> target, double sample, int bits, bool floating)
    {
        switch (bits, floating)
        {
            case (8, _):
                target[0] = (byte)Math.Round((sample * 127) + 128);
                break;
            case (16, _):
                BinaryPrimitives.WriteInt16LittleEndian(target, (short)Math.Round(sample * 32767));
                break;
            case (24, _):
                BinaryPrimitives.WriteInt32LittleEndian(target, (int)Math.Round(sample * 8388607));
                break;
            case (32, false):
                BinaryPrimitives.WriteInt32LittleEndian(target, (int)Math.Round(sample * int.MaxValue));
                break;
            case (32, true):
                BinaryPrimitives.WriteSingleLittleEndian(target, (float)sample);
                break;
            default:
                BinaryPrimitives.WriteDoubleLittleEndian(target, sample);
                break;
        }

        return bits / 8;
    }
}

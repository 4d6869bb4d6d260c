using System.Buffers.Binary;

namespace ProgressHub.Workloads.Transcription.Audio;

/// <summary>How the samples of a WAV are kept (the <c>fmt</c> chunk).</summary>
/// <param name="Coding">1 for integers, 3 for floating point; others are compressed.</param>
/// <param name="Channels">How many samples a frame has.</param>
/// <param name="SampleRate">Frames a second.</param>
/// <param name="BitsPerSample">The width of one sample.</param>
internal readonly record struct WavFormat(int Coding, int Channels, int SampleRate, int BitsPerSample)
{
    private const int Integers = 1;
    private const int Floats = 3;
    private const int Extensible = 0xFFFE;
    private const int MaxChannels = 32;
    private const int MaxSampleRate = 768_000;

    public int BytesPerSample => BitsPerSample / 8;

    public int BytesPerFrame => BytesPerSample * Channels;

    /// <summary>Whether the samples are plain numbers; anything else needs a decoder.</summary>
    public bool IsPlain => this is
    {
        Channels: > 0 and <= MaxChannels, SampleRate: >= 1000 and <= MaxSampleRate,
    } and ({ Coding: Integers, BitsPerSample: 8 or 16 or 24 or 32 } or { Coding: Floats, BitsPerSample: 32 or 64 });

    public static WavFormat Read(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length < 16)
            return default;
        int coding = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
        // The extensible form says the real coding in the first bytes of its sub-format.
        if (coding == Extensible && chunk.Length >= 26)
            coding = BinaryPrimitives.ReadUInt16LittleEndian(chunk[24..]);
        return new WavFormat(
            coding,
            BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]),
            BinaryPrimitives.ReadInt32LittleEndian(chunk[4..]),
            BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]));
    }

    /// <summary>One sample as a number from −1 to 1.</summary>
    public float Sample(ReadOnlySpan<byte> bytes) => (Coding, BitsPerSample) switch
    {
        (Integers, 8) => (bytes[0] - 128) / 128f,
        (Integers, 16) => BinaryPrimitives.ReadInt16LittleEndian(bytes) / 32768f,
        (Integers, 24) => (bytes[0] | (bytes[1] << 8) | ((sbyte)bytes[2] << 16)) / 8388608f,
        (Integers, 32) => BinaryPrimitives.ReadInt32LittleEndian(bytes) / 2147483648f,
        (Floats, 32) => Finite(BinaryPrimitives.ReadSingleLittleEndian(bytes)),
        _ => Finite((float)BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
    };

    /// <summary>How much each channel counts in the mix to one: in 5.1 mostly the centre, where people speak, and not the bass.</summary>
    public float[] MixWeights()
    {
        float[] weights = Channels == 6 ? [0.7f, 0.7f, 1f, 0f, 0.5f, 0.5f] : [.. Enumerable.Repeat(1f, Channels)];
        var sum = weights.Sum();
        return Array.ConvertAll(weights, weight => weight / sum);
    }

    private static float Finite(float value) => float.IsFinite(value) ? value : 0;
}

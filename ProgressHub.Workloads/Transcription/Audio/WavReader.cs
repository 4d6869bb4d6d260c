using System.Buffers.Binary;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Transcription.Audio;

/// <summary>
/// Reads a WAV of plain samples block by block, mixed to one channel or as they are. Lengths in its header are believed only as far as
/// the file reaches: recorders that were cut off leave 0 or far too much there.
/// </summary>
internal sealed class WavReader
{
    private const int BlockFrames = 4096;
    private const int MaxChunks = 10_000;
    private const uint Unknown = uint.MaxValue;
    private readonly Stream _stream;
    private readonly long _begin;
    private readonly long _end;
    private readonly byte[] _bytes;
    private readonly float[] _frames;
    private readonly float[] _mono = new float[BlockFrames];

    private WavReader(Stream stream, WavFormat format, long dataBytes, bool truncated)
    {
        _stream = stream;
        _begin = stream.Position;
        _end = _begin + dataBytes;
        Format = format;
        Frames = dataBytes / format.BytesPerFrame;
        IsTruncated = truncated;
        Weights = format.MixWeights();
        _bytes = new byte[BlockFrames * format.BytesPerFrame];
        _frames = new float[BlockFrames * format.Channels];
    }

    public WavFormat Format { get; }

    /// <summary>How many frames are really there.</summary>
    public long Frames { get; }

    /// <summary>Whether the header promises more than there is.</summary>
    public bool IsTruncated { get; }

    /// <summary>How much each channel counts in the mix to one.</summary>
    public IReadOnlyList<float> Weights { get; set; }

    public double Seconds => Frames / (double)Format.SampleRate;

    /// <summary>Reads the header. Null where the samples are compressed, so that a decoder has to read them.</summary>
    /// <param name="stream">The file, from its beginning.</param>
    /// <exception cref="WorkloadException"><c>not_audio</c>: it is no WAV, or broken before its samples begin.</exception>
    public static WavReader? Open(Stream stream)
    {
        Span<byte> head = stackalloc byte[12];
        if (stream.ReadAtLeast(head, 12, throwOnEndOfStream: false) < 12
            || !(head.StartsWith("RIFF"u8) || head.StartsWith("RF64"u8)) || !head[8..].SequenceEqual("WAVE"u8))
            throw Broken("it is no WAV file");

        // A recorder that was cut off has not come back to write the lengths into its header.
        var isFinished = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) is var riff and not Unknown && riff + 8L >= stream.Length;
        WavFormat format = default;
        long longData = -1;
        Span<byte> chunk = stackalloc byte[40];
        for (var count = 0; count < MaxChunks && stream.ReadAtLeast(head[..8], 8, throwOnEndOfStream: false) == 8; count++)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            if (head.StartsWith("data"u8))
                return Data(stream, format, length == Unknown && longData >= 0 ? longData : length, isFinished);

            var next = stream.Position + length + (length & 1);
            var read = stream.ReadAtLeast(chunk[..(int)Math.Min(length, 40)], (int)Math.Min(length, 40), throwOnEndOfStream: false);
            if (head.StartsWith("fmt "u8))
                format = WavFormat.Read(chunk[..read]);
            else if (head.StartsWith("ds64"u8) && read >= 16)
                longData = BinaryPrimitives.ReadInt64LittleEndian(chunk[8..]);
            stream.Position = Math.Min(next, stream.Length);
        }

        throw Broken("its header ends before the sound begins");
    }

    /// <summary>The next block, mixed to one channel; empty at the end. It is good until the next call.</summary>
    public ReadOnlySpan<float> Read()
    {
        var frames = ReadFrames();
        var count = frames.Length / Format.Channels;
        for (var i = 0; i < count; i++)
        {
            var sum = 0f;
            for (var channel = 0; channel < Format.Channels; channel++)
                sum += Weights[channel] * frames[(i * Format.Channels) + channel];
            _mono[i] = sum;
        }

        return _mono.AsSpan(0, count);
    }

    /// <summary>The next block as it is, frame by frame; empty at the end. It is good until the next call.</summary>
    public ReadOnlySpan<float> ReadFrames()
    {
        var wanted = (int)Math.Min(_bytes.Length, _end - _stream.Position);
        var read = wanted <= 0 ? 0 : _stream.ReadAtLeast(_bytes.AsSpan(0, wanted), wanted, throwOnEndOfStream: false);
        var samples = read / Format.BytesPerFrame * Format.Channels;
        for (var i = 0; i < samples; i++)
            _frames[i] = Format.Sample(_bytes.AsSpan(i * Format.BytesPerSample));
        return _frames.AsSpan(0, samples);
    }

    /// <summary>Goes back to the beginning.</summary>
    public void Rewind() => _stream.Position = _begin;

    private static WavReader? Data(Stream stream, WavFormat format, long declared, bool isFinished)
    {
        if (format == default)
            throw Broken("its header does not say how its sound is kept");
        if (!format.IsPlain)
            return null;
        var there = stream.Length - stream.Position;
        var known = declared != Unknown && (declared > 0 || isFinished);
        return new WavReader(stream, format, known ? Math.Min(declared, there) : there, known && declared > there);
    }

    private static WorkloadException Broken(string why) => new("not_audio", $"The WAV file can't be read: {why}.");
}

using System.Buffers.Binary;

namespace ProgressHub.Workloads.Transcription.Audio;

/// <summary>
/// The form in which every engine gets its audio: a WAV of 16 kHz, mono, 16 bits, with the plain header of 44 bytes.
/// Analysis looks at it in frames of 10 ms, as PocketSphinx counts them.
/// </summary>
internal static class SpeechAudio
{
    public const int SampleRate = 16_000;
    public const int HeaderBytes = 44;
    public const int BytesPerSecond = SampleRate * 2;
    public const int FramesPerSecond = 100;
    public const int SamplesPerFrame = SampleRate / FramesPerSecond;
    private const int CopyBytes = 64 * 1024;

    /// <summary>The length in seconds of such a file of so many bytes.</summary>
    public static double Seconds(long fileBytes) => Math.Max(0, fileBytes - HeaderBytes) / 2 / (double)SampleRate;

    /// <summary>The header of a file with so many bytes of samples.</summary>
    public static byte[] Header(long dataBytes)
    {
        var header = new byte[HeaderBytes];
        var span = header.AsSpan();
        // Lengths beyond 4 GiB (37 hours) do not fit; readers then go to the end of the file.
        var data = (uint)Math.Min(dataBytes, uint.MaxValue - HeaderBytes);
        "RIFF"u8.CopyTo(span);
        BinaryPrimitives.WriteUInt32LittleEndian(span[4..], data + HeaderBytes - 8);
        "WAVEfmt "u8.CopyTo(span[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(span[16..], 16);
        BinaryPrimitives.WriteUInt16LittleEndian(span[20..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(span[22..], 1);
        BinaryPrimitives.WriteUInt32LittleEndian(span[24..], SampleRate);
        BinaryPrimitives.WriteUInt32LittleEndian(span[28..], BytesPerSecond);
        BinaryPrimitives.WriteUInt16LittleEndian(span[32..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(span[34..], 16);
        "data"u8.CopyTo(span[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(span[40..], data);
        return header;
    }

    /// <summary>Writes a part of such a file as a file of its own.</summary>
    /// <param name="source">The file.</param>
    /// <param name="start">Where the part begins, in seconds.</param>
    /// <param name="end">Where it ends, in seconds.</param>
    /// <param name="target">The file to write.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task CutAsync(string source, double start, double end, string target, CancellationToken cancellationToken)
    {
        await using var from = File.OpenRead(source);
        var first = Math.Clamp((long)(start * SampleRate) * 2, 0, from.Length - HeaderBytes);
        var last = Math.Clamp((long)(end * SampleRate) * 2, first, from.Length - HeaderBytes);
        await using var to = File.Create(target);
        await to.WriteAsync(Header(last - first), cancellationToken);
        from.Position = HeaderBytes + first;
        var buffer = new byte[CopyBytes];
        for (var left = last - first; left > 0;)
        {
            var read = await from.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellationToken);
            if (read == 0)
                return;
            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            left -= read;
        }
    }
}

using System.Buffers.Binary;
using System.Text.Json;

namespace ProgressHub.Workloads.Workers;

/// <summary>
/// Messages on a pipe: four bytes with the length, least significant first, then so many bytes of JSON. A length beyond the
/// bound is not believed: whoever wrote it has lost its way.
/// </summary>
internal static class WorkerFrames
{
    /// <summary>How long a message may be, in bytes.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    private const int HeaderBytes = sizeof(int);

    /// <summary>Reads the next message; null at the end of the pipe.</summary>
    /// <exception cref="InvalidDataException">It is cut off, too long, or no JSON.</exception>
    public static async Task<JsonElement?> ReadAsync(Stream pipe, CancellationToken cancellationToken)
    {
        var header = new byte[HeaderBytes];
        var got = await pipe.ReadAtLeastAsync(header, HeaderBytes, throwOnEndOfStream: false, cancellationToken);
        if (got == 0)
            return null;
        if (got < HeaderBytes)
            throw new InvalidDataException("A message is cut off.");
        var length = BinaryPrimitives.ReadInt32LittleEndian(header);
        if (length is <= 0 or > MaxBytes)
            throw new InvalidDataException($"A message says that it has {length} bytes.");
        var body = new byte[length];
        try
        {
            await pipe.ReadExactlyAsync(body, cancellationToken);
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (EndOfStreamException cut)
        {
            throw new InvalidDataException("A message is cut off.", cut);
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException("A message is no JSON.", broken);
        }
    }

    /// <summary>Writes a message.</summary>
    /// <exception cref="InvalidDataException">It is too long.</exception>
    public static async Task WriteAsync(Stream pipe, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        if (json.Length > MaxBytes)
            throw new InvalidDataException($"A message of {json.Length} bytes is too long.");
        var header = new byte[HeaderBytes];
        BinaryPrimitives.WriteInt32LittleEndian(header, json.Length);
        await pipe.WriteAsync(header, cancellationToken);
        await pipe.WriteAsync(json, cancellationToken);
        await pipe.FlushAsync(cancellationToken);
    }
}

using System.Buffers;
using System.Buffers.Text;

namespace ProgressHub.AspNetCore.Streaming.HandOver;

/// <summary>
/// What is written between two flushes, framed as one chunk (RFC 9112, section 7.1). It holds memory only while there is
/// something in it.
/// </summary>
internal struct ChunkBuffer
{
    /// <summary>The chunk that ends a response.</summary>
    public static ReadOnlySpan<byte> Last => "0\r\n\r\n"u8;

    // The size in hexadecimal digits, and the ends of lines around the data.
    private const int SizeDigits = 8;
    private const int Head = SizeDigits + 2;
    private const int Tail = 2;
    private const int Smallest = 4096;

    private byte[]? _bytes;

    /// <summary>How many bytes of data are in it.</summary>
    public int Length { get; private set; }

    /// <summary>Room behind the data, for at least so many bytes and for one at any rate.</summary>
    public Memory<byte> Room(int atLeast)
    {
        atLeast = Math.Max(atLeast, 1);
        var needed = checked(Head + Length + atLeast + Tail);
        if (_bytes is null)
            _bytes = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Smallest));
        else if (_bytes.Length < needed)
            Grow(needed);
        var from = Head + Length;
        return _bytes.AsMemory(from, _bytes.Length - from - Tail);
    }

    /// <summary>So many bytes were written into the room.</summary>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, (_bytes?.Length ?? 0) - Head - Length - Tail);
        Length += count;
    }

    /// <summary>The whole chunk; good until <see cref="Clear"/>. Only where there is data: an empty chunk is the last.</summary>
    public readonly ReadOnlyMemory<byte> Frame()
    {
        Span<byte> digits = stackalloc byte[SizeDigits];
        Utf8Formatter.TryFormat(Length, digits, out var count, 'x');
        var start = Head - 2 - count;
        digits[..count].CopyTo(_bytes.AsSpan(start));
        "\r\n"u8.CopyTo(_bytes.AsSpan(Head - 2));
        "\r\n"u8.CopyTo(_bytes.AsSpan(Head + Length));
        return _bytes.AsMemory(start, Head - start + Length + Tail);
    }

    /// <summary>Empties it and gives its memory back.</summary>
    public void Clear()
    {
        Length = 0;
        if (_bytes is not { } bytes)
            return;
        _bytes = null;
        ArrayPool<byte>.Shared.Return(bytes);
    }

    private void Grow(int needed)
    {
        var grown = ArrayPool<byte>.Shared.Rent(Math.Max(needed, 2 * _bytes!.Length));
        _bytes.AsSpan(0, Head + Length).CopyTo(grown);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = grown;
    }
}

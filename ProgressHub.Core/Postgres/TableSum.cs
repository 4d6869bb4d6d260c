using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ProgressHub.Core.Postgres;

/// <summary>How many rows a table has, and what they come to, in whatever order they are read.</summary>
internal sealed class TableSum : IDisposable
{
    private readonly IncrementalHash _row = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private UInt128 _sum;

    /// <summary>How many rows were added.</summary>
    public long Count { get; private set; }

    /// <summary>The sum of the rows' SHA-256, 128 bits of each.</summary>
    public string Text => _sum.ToString("x32", null);

    /// <summary>Adds a row.</summary>
    /// <param name="values">A <see cref="long"/>, <see cref="double"/>, <see cref="string"/> or byte array each, or null.</param>
    public void Add(IReadOnlyList<object?> values)
    {
        foreach (var value in values)
            Append(value);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _row.GetHashAndReset(hash);
        unchecked
        {
            _sum += BinaryPrimitives.ReadUInt128LittleEndian(hash);
        }

        Count++;
    }

    public void Dispose() => _row.Dispose();

    // A letter for the type and the length before the bytes: no two rows are one text.
    private void Append(object? value)
    {
        var (type, bytes) = value switch
        {
            null => ('n', []),
            long number => ('i', BitConverter.GetBytes(number)),
            double number => ('d', BitConverter.GetBytes(number)),
            string text => ('t', Encoding.UTF8.GetBytes(text)),
            byte[] blob => ('b', blob),
            _ => throw new ArgumentException($"A column can't have {value.GetType()}.", nameof(value)),
        };
        Span<byte> head = stackalloc byte[5];
        head[0] = (byte)type;
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], bytes.Length);
        _row.AppendData(head);
        _row.AppendData(bytes);
    }
}

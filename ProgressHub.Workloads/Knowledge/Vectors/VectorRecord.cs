using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace ProgressHub.Workloads.Knowledge.Vectors;

/// <summary>
/// How a vector lies in a file: its id (8 bytes), a CRC-32C of id and vector (4), whether it is live (4), and its numbers,
/// little-endian throughout. The state is not in the checksum, so that a record dies by one small write.
/// </summary>
internal static class VectorRecord
{
    public const int HeaderSize = 16;
    public const int StateOffset = 12;
    private const uint Live = 0x4556494C;
    private const uint Dead = 0x44414544;

    /// <summary>The bytes that mark a record as dead.</summary>
    public static ReadOnlySpan<byte> DeadMark => "DEAD"u8;

    public static int Size(int dimensions) => HeaderSize + (dimensions * sizeof(float));

    public static void Write(Span<byte> record, long id, ReadOnlySpan<float> vector)
    {
        BinaryPrimitives.WriteInt64LittleEndian(record, id);
        MemoryMarshal.AsBytes(vector).CopyTo(record[HeaderSize..]);
        BinaryPrimitives.WriteUInt32LittleEndian(record[8..], Checksum(record));
        BinaryPrimitives.WriteUInt32LittleEndian(record[StateOffset..], Live);
    }

    public static long Id(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadInt64LittleEndian(record);

    public static bool IsLive(ReadOnlySpan<byte> record) => MemoryMarshal.Read<uint>(record[StateOffset..]) == Live;

    /// <summary>Whether a record is whole, live or dead.</summary>
    public static bool IsSound(ReadOnlySpan<byte> record) =>
        BinaryPrimitives.ReadUInt32LittleEndian(record[StateOffset..]) is Live or Dead
        && BinaryPrimitives.ReadUInt32LittleEndian(record[8..]) == Checksum(record);

    private static uint Checksum(ReadOnlySpan<byte> record)
    {
        var crc = BitOperations.Crc32C(uint.MaxValue, (ulong)Id(record));
        foreach (var word in MemoryMarshal.Cast<byte, uint>(record[HeaderSize..]))
            crc = BitOperations.Crc32C(crc, word);
        return ~crc;
    }
}

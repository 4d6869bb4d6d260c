using System.Buffers.Binary;
using System.Data.Common;
using System.Numerics;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>
/// The checksum of a stored text: CRC-32C (Castagnoli) of it and of its number, so that neither a bit that turned nor a row
/// that came to stand in another's place is taken for what was written.
/// </summary>
internal static class RowSum
{
    /// <summary>The sum of an event or a snapshot.</summary>
    /// <param name="number">The event's number; of a snapshot, the number it is as of.</param>
    /// <param name="body">Its JSON.</param>
    public static long Of(long number, ReadOnlySpan<byte> body)
    {
        var sum = BitOperations.Crc32C(uint.MaxValue, (ulong)number);
        for (; body.Length >= sizeof(ulong); body = body[sizeof(ulong)..])
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(body));
        foreach (var last in body)
            sum = BitOperations.Crc32C(sum, last);
        return ~sum;
    }

    /// <summary>Reads a body and holds it to its sum.</summary>
    /// <exception cref="StorageDamagedException">It is not what was written.</exception>
    public static byte[] ReadBody(DbDataReader reader, int body, int sum, long number)
    {
        var bytes = reader.GetFieldValue<byte[]>(body);
        return reader.IsDBNull(sum) || reader.GetInt64(sum) == Of(number, bytes)
            ? bytes
            : throw new StorageDamagedException($"What was stored with number {number} is not what was written; the disk is damaged. Restore a backup.");
    }
}

using System.Security.Cryptography;
using System.Text;

namespace ProgressHub.Core.Execution;

/// <summary>
/// A checkpoint as it lies in the store: before the workload's own bytes, where its plan says under which key the work is
/// cut into pieces, a mark of that key. Checkpoints without a mark are the workload's bytes alone, as they always were.
/// </summary>
/// <param name="Key">The SHA-256 of the key; null where the plan has none.</param>
/// <param name="Own">What the workload saved; null where it has not.</param>
internal sealed record PartialsMark(byte[]? Key, ReadOnlyMemory<byte>? Own)
{
    private const int KeyLength = SHA256.HashSizeInBytes;

    // No workload of ours begins like this; one that does is told apart by the length at least.
    private static ReadOnlySpan<byte> Magic => "\0PHcut\u0001\n"u8;

    public static byte[] Of(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>What lies in the store.</summary>
    public static PartialsMark Read(ReadOnlyMemory<byte>? stored)
    {
        if (stored is not { } bytes || bytes.Length < Magic.Length + KeyLength + 1 || !bytes.Span.StartsWith(Magic))
            return new PartialsMark(null, stored);
        var rest = bytes[(Magic.Length + KeyLength)..];
        return new PartialsMark(
            bytes.Slice(Magic.Length, KeyLength).ToArray(), rest.Span[0] == 0 ? (ReadOnlyMemory<byte>?)null : rest[1..]);
    }

    public bool IsOf(byte[] key) => Key is not null && Key.AsSpan().SequenceEqual(key);

    public ReadOnlyMemory<byte> Write() =>
        Key is null ? Own ?? ReadOnlyMemory<byte>.Empty : (byte[])[.. Magic, .. Key, Own is null ? (byte)0 : (byte)1, .. (Own ?? default).Span];
}

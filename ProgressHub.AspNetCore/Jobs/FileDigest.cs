using System.Buffers;
using System.Security.Cryptography;

namespace ProgressHub.AspNetCore.Jobs;

/// <summary>What tells two files apart without keeping either.</summary>
/// <param name="Length">How many bytes it has.</param>
/// <param name="Sha256">Their hash, as lower-case hexadecimal digits.</param>
internal sealed record FileDigest(long Length, string Sha256)
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>Reads a file to its end; of one that is larger than may be, no more than shows that.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="most">How many bytes a file may have.</param>
    /// <param name="cancellationToken">Whoever asks has gone.</param>
    public static async Task<FileDigest> OfAsync(Stream content, long most, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var length = 0L;
            while (length <= most && await content.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                hash.AppendData(buffer.AsSpan(0, read));
                length += read;
            }

            return new FileDigest(length, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

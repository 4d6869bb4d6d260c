using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;
using ProgressHub.AspNetCore.Problems;

namespace ProgressHub.AspNetCore.Uploads;

/// <summary>
/// tus's extension checksum: bytes that come with one are kept only where they have it. So they are read to their end
/// before the first of them counts.
/// </summary>
internal static class TusChecksum
{
    public const string Header = "Upload-Checksum";
    public const string Algorithms = "sha1,sha256,sha512,md5";
    private const int StatusMismatch = 460;
    private const int InMemory = 1 << 20;
    private const int BufferBytes = 64 * 1024;

    /// <summary>The request's body, checked where it is to be.</summary>
    /// <exception cref="RefusedException"><c>invalid_header</c>, or 460 <c>checksum_mismatch</c>.</exception>
    public static async Task<Stream> CheckedAsync(HttpRequest request, long maxBytes, CancellationToken cancellationToken)
    {
        if (request.Headers[Header].ToString() is not { Length: > 0 } value)
            return request.Body;
        using var hash = IncrementalHash.CreateHash(AlgorithmOf(value, out var wanted));
        var body = new FileBufferingReadStream(request.Body, InMemory, maxBytes, Path.GetTempPath());
        request.HttpContext.Response.RegisterForDisposeAsync(body);
        var buffer = new byte[BufferBytes];
        try
        {
            while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
                hash.AppendData(buffer, 0, read);
        }
        catch (IOException) when (body.Length >= maxBytes)
        {
            throw new RefusedException(StatusCodes.Status413PayloadTooLarge, "file_too_large", $"The file is larger than {maxBytes} bytes.");
        }

        if (!hash.GetHashAndReset().AsSpan().SequenceEqual(wanted))
            throw new RefusedException(StatusMismatch, "checksum_mismatch", "The bytes are not those of the checksum; send them again.", Header);
        body.Position = 0;
        return body;
    }

    private static HashAlgorithmName AlgorithmOf(string value, out byte[] wanted)
    {
        wanted = new byte[value.Length];
        if (value.Split(' ') is not [var name, var base64] || !Convert.TryFromBase64String(base64, wanted, out var length))
            throw Refuse($"{Header} is the name of an algorithm, a blank, and the checksum in Base64.");
        wanted = wanted[..length];
        return name switch
        {
            "sha1" => HashAlgorithmName.SHA1,
            "sha256" => HashAlgorithmName.SHA256,
            "sha512" => HashAlgorithmName.SHA512,
            "md5" => HashAlgorithmName.MD5,
            _ => throw Refuse($"This server knows {Algorithms}."),
        };
    }

    private static RefusedException Refuse(string detail) => new(StatusCodes.Status400BadRequest, "invalid_header", detail, Header);
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ProgressHub.Core.Webhooks;

/// <summary>The signing secret of a webhook, as Standard Webhooks 1.0 writes and uses it.</summary>
internal static class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int LeastBytes = 24;
    private const int MostBytes = 64;
    private const int OwnBytes = 32;

    /// <summary>A new random key.</summary>
    public static byte[] New() => RandomNumberGenerator.GetBytes(OwnBytes);

    /// <summary>The key as it is told to a person: <c>whsec_</c> and base64.</summary>
    public static string Write(byte[] key) => Prefix + Convert.ToBase64String(key);

    /// <summary>Reads what <see cref="Write"/> writes, of 24 to 64 bytes; null where it is anything else.</summary>
    public static byte[]? Read(string secret)
    {
        var most = new byte[MostBytes];
        return secret.StartsWith(Prefix, StringComparison.Ordinal)
            && !secret.Any(char.IsWhiteSpace)
            && Convert.TryFromBase64String(secret[Prefix.Length..], most, out var length)
            && length >= LeastBytes
            ? most[..length]
            : null;
    }

    /// <summary>The value of the header <c>webhook-signature</c>: HMAC-SHA256 over id, timestamp and body.</summary>
    /// <param name="key">The key itself, without prefix and base64.</param>
    /// <param name="id">The message; without a dot.</param>
    /// <param name="timestamp">The attempt's moment in Unix seconds.</param>
    /// <param name="body">The body, byte for byte.</param>
    public static string Sign(byte[] key, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")));
        hmac.AppendData(body);
        return "v1," + Convert.ToBase64String(hmac.GetHashAndReset());
    }
}

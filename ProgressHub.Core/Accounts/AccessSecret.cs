using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ProgressHub.Core.Accounts;

/// <summary>
/// What is shown to be let in: 256 random bits, of which only a hash is kept. So many bits can't be guessed, so that a
/// plain hash is as good as a slow one.
/// </summary>
internal static class AccessSecret
{
    private const int Bytes = 32;

    /// <summary>A new one that begins with a prefix, which tells what it is.</summary>
    public static string New(string prefix) => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>A new name for something, which is no secret: 32 lower-case hexadecimal digits.</summary>
    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>What is kept of one.</summary>
    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}

using ProgressHub.Core.Webhooks;

namespace ProgressHub.Tests.Support;

/// <summary>Turns secrets' bits around, so that what is on disk is not the secret.</summary>
internal sealed class PlainProtector : ISecretProtector
{
    public byte[] Protect(byte[] secret) => [.. secret.Select(b => (byte)~b)];

    public byte[]? Unprotect(byte[] protectedSecret) => Protect(protectedSecret);
}

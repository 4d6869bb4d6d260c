using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using ProgressHub.Core.Webhooks;

namespace ProgressHub.AspNetCore.Secrets;

/// <summary>Encrypts secrets with the host's data protection.</summary>
internal sealed class DataProtectedSecrets(IDataProtectionProvider provider) : ISecretProtector
{
    private readonly IDataProtector _protector = provider.CreateProtector("ProgressHub.Webhooks.Secret.v1");

    public byte[] Protect(byte[] secret) => _protector.Protect(secret);

    public byte[]? Unprotect(byte[] protectedSecret)
    {
        try
        {
            return _protector.Unprotect(protectedSecret);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

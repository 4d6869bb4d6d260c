namespace ProgressHub.Core.Webhooks;

/// <summary>
/// Encrypts the secrets that must outlive the process, so that the database alone betrays none. A host registers one; the
/// keys are its own matter.
/// </summary>
public interface ISecretProtector
{
    /// <summary>Encrypts.</summary>
    byte[] Protect(byte[] secret);

    /// <summary>Decrypts; null where the keys are gone, or the bytes are not what was encrypted.</summary>
    byte[]? Unprotect(byte[] protectedSecret);
}

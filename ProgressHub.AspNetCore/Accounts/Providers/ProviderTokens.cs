using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;

namespace ProgressHub.AspNetCore.Accounts.Providers;

/// <summary>What a provider gave when somebody signed in.</summary>
/// <param name="IdToken">Says there whose session is to end when they sign out.</param>
/// <param name="RefreshToken">Asks there whether they still may; null where the provider gives none.</param>
internal sealed record ProviderTokens(string? IdToken, string? RefreshToken);

/// <summary>Keeps them encrypted: they are good at the provider, for more than this server.</summary>
internal sealed class ProviderTokenProtector(IDataProtectionProvider provider)
{
    private readonly IDataProtector _protector = provider.CreateProtector("ProgressHub.SignIn.ProviderTokens.v1");

    public byte[] Protect(ProviderTokens tokens) =>
        _protector.Protect(JsonSerializer.SerializeToUtf8Bytes(tokens, ProviderTokensJson.Default.ProviderTokens));

    /// <summary>What was kept; null where there is nothing, or the keys are gone.</summary>
    public ProviderTokens? Unprotect(byte[]? kept)
    {
        try
        {
            return kept is null ? null : JsonSerializer.Deserialize(_protector.Unprotect(kept), ProviderTokensJson.Default.ProviderTokens);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

[JsonSerializable(typeof(ProviderTokens))]
internal sealed partial class ProviderTokensJson : JsonSerializerContext;

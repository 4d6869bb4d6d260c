using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace ProgressHub.AspNetCore.Accounts.Providers;

/// <summary>What a provider says of somebody who signed in by it a while ago (RFC 6749, section 6).</summary>
internal sealed class ProviderAnswers(IOptionsMonitor<OpenIdConnectOptions> options)
{
    /// <summary>Asks for fresh tokens; null where the provider refuses: the person may no longer.</summary>
    /// <exception cref="HttpRequestException">It could not be asked.</exception>
    public async Task<FreshTokens?> AskAsync(ProviderTokens tokens, CancellationToken cancellationToken)
    {
        var oidc = options.Get(ProviderScheme.Name);
        var provider = await oidc.ConfigurationManager!.GetConfigurationAsync(cancellationToken);
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = OpenIdConnectGrantTypes.RefreshToken, ["refresh_token"] = tokens.RefreshToken!, ["client_id"] = oidc.ClientId!,
        };
        if (oidc.ClientSecret is { } secret)
            form["client_secret"] = secret;
        using var content = new FormUrlEncodedContent(form);
        using var answer = await oidc.Backchannel.PostAsync(provider.TokenEndpoint, content, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized && ErrorOf(text) == "invalid_grant")
            return null;
        answer.EnsureSuccessStatusCode();
        var message = new OpenIdConnectMessage(text);
        return new FreshTokens(
            new ProviderTokens(message.IdToken ?? tokens.IdToken, message.RefreshToken ?? tokens.RefreshToken),
            int.TryParse(message.ExpiresIn, out var seconds) ? TimeSpan.FromSeconds(seconds) : null,
            message.IdToken);
    }

    private static string? ErrorOf(string json)
    {
        try
        {
            return JsonElement.Parse(json).TryGetProperty("error", out var error) ? error.ToString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What a provider gave anew.</summary>
/// <param name="Tokens">To keep.</param>
/// <param name="Lifetime">When to ask again, at the latest; null where it did not say.</param>
/// <param name="IdToken">Who it says the person is now; null where it did not say.</param>
internal sealed record FreshTokens(ProviderTokens Tokens, TimeSpan? Lifetime, string? IdToken);

using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ProgressHub.Tests.Support;

/// <summary>Somebody who issues tokens and says on a loopback port by which key (OpenID Connect Discovery).</summary>
internal sealed class TokenIssuerStand : IAsyncDisposable
{
    public const string Audience = "progresshub-api";

    private readonly RSA _key = RSA.Create(2048);
    private WebApplication _app = null!;

    public string Address { get; private set; } = "";

    public static async Task<TokenIssuerStand> StartAsync()
    {
        var issuer = new TokenIssuerStand();
        (issuer._app, issuer.Address) = await LoopbackApp.StartAsync(app =>
        {
            app.MapGet("/.well-known/openid-configuration", () => Results.Text(issuer.Discovery(), "application/json"));
            app.MapGet("/keys", () => Results.Text(issuer.Keys(), "application/json"));
        });
        return issuer;
    }

    /// <summary>A token for somebody, with claims besides.</summary>
    public string Issue(string subject, TimeSpan lifetime, string? audience = null, string? issuer = null, RSA? key = null, params (string Name, object Value)[] claims)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Address,
            Audience = audience ?? Audience,
            Subject = new ClaimsIdentity([new Claim("sub", subject)]),
            Claims = claims.ToDictionary(c => c.Name, c => c.Value),
            NotBefore = now.AddMinutes(-5),
            Expires = now + lifetime,
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(key ?? _key) { KeyId = "tests" }, SecurityAlgorithms.RsaSha256),
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private string Discovery() => new JsonObject
    {
        ["issuer"] = Address, ["jwks_uri"] = $"{Address}/keys", ["authorization_endpoint"] = $"{Address}/none",
        ["response_types_supported"] = new JsonArray("code"), ["subject_types_supported"] = new JsonArray("public"),
        ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
    }.ToJsonString();

    private string Keys()
    {
        var key = _key.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = "RSA", ["use"] = "sig", ["alg"] = "RS256", ["kid"] = "tests",
                ["n"] = Base64UrlEncoder.Encode(key.Modulus), ["e"] = Base64UrlEncoder.Encode(key.Exponent),
            }),
        }.ToJsonString();
    }
}

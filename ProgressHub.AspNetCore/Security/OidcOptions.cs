using System.ComponentModel.DataAnnotations;

namespace ProgressHub.AspNetCore.Security;

/// <summary>The provider by which people sign in (OpenID Connect). Configuration section <c>Auth:Oidc</c>.</summary>
internal sealed class OidcOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Auth:Oidc";

    /// <summary>Its address; where it is not set nobody signs in by one.</summary>
    public string? Authority { get; set; }

    /// <summary>What it calls this server.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>What it knows this server by.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>What the button to sign in with it says.</summary>
    public string Label { get; set; } = "Single sign-on";

    /// <summary>What is asked for besides <c>openid</c>, <c>profile</c> and <c>offline_access</c>.</summary>
    public string[] Scopes { get; set; } = [];

    /// <summary>The claim with the name that is shown.</summary>
    public string NameClaim { get; set; } = "name";

    /// <summary>The claim with the roles; where it is not set, administrators are made here.</summary>
    public string? RoleClaim { get; set; }

    /// <summary>The role that makes somebody an administrator.</summary>
    public string? AdministratorRole { get; set; }

    /// <summary>Whether people sign in by it.</summary>
    internal bool IsOn => !string.IsNullOrEmpty(Authority);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsOn)
            yield break;
        if (!TokenIssuer.IsSafe(Authority!))
        {
            yield return new ValidationResult(
                $"Auth:Oidc:Authority: '{Authority}' is not an https address (http is for this machine alone).", [nameof(Authority)]);
        }

        if (ClientId.Length == 0)
            yield return new ValidationResult("Auth:Oidc:ClientId: the provider must know this server by a name.", [nameof(ClientId)]);
        if (RoleClaim is null != AdministratorRole is null)
        {
            yield return new ValidationResult(
                "Auth:Oidc: RoleClaim and AdministratorRole go together.", [nameof(RoleClaim), nameof(AdministratorRole)]);
        }
    }
}

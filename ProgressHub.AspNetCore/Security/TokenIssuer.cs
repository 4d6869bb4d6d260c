namespace ProgressHub.AspNetCore.Security;

/// <summary>Somebody else whose tokens (JWT, RFC 7519) let programs in. Configuration list <c>Auth:Issuers</c>.</summary>
internal sealed class TokenIssuer
{
    /// <summary>Its address, under which it says by which keys it signs (OpenID Connect Discovery).</summary>
    public string Authority { get; set; } = "";

    /// <summary>What its tokens say they come from (<c>iss</c>); the authority where it is not set.</summary>
    public string? Issuer { get; set; }

    /// <summary>Whom its tokens must say they are for (<c>aud</c>).</summary>
    public string Audience { get; set; } = "";

    /// <summary>The claim that tells the scopes, as a list or with blanks between; <c>scp</c> counts as well.</summary>
    public string ScopeClaim { get; set; } = "scope";

    /// <summary>What its scopes are called here: theirs, and ours with blanks between. Where it is empty they are called the same.</summary>
    public Dictionary<string, string> Scopes { get; set; } = [];

    /// <summary>The claim with the roles; none makes nobody an administrator.</summary>
    public string? RoleClaim { get; set; }

    /// <summary>The role that makes somebody an administrator.</summary>
    public string? AdministratorRole { get; set; }

    /// <summary>The claim with the name that is shown.</summary>
    public string NameClaim { get; set; } = "name";

    /// <summary>What is wrong with it; null for nothing.</summary>
    public string? Complaint()
    {
        if (!IsSafe(Authority))
            return $"'{Authority}' is not an https address (http is for this machine alone)";
        return Audience.Length == 0 ? "it needs an Audience: a token for somebody else must not do" : null;
    }

    /// <summary>Whether what an address says can't have been changed on the way.</summary>
    public static bool IsSafe(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));
}

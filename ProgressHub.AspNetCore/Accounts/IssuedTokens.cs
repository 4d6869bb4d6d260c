using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Accounts;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>Reads tokens of the configured issuers (JWT). Whom one vouches for has an account here, made when it first comes.</summary>
internal sealed class IssuedTokens(IOptions<AuthOptions> options, AccountDirectory accounts, AccessCache cache)
{
    private const string Subject = "sub";

    /// <summary>The name of an issuer's scheme.</summary>
    public static string SchemeOf(int index) => $"Issuer{index}";

    /// <summary>Whom the token of a request stands for; null for nobody.</summary>
    public async ValueTask<Access?> FindAsync(HttpContext context, string token)
    {
        if (IndexOf(token) is not { } index)
            return null;
        var known = await cache.GetAsync(
            $"t{Convert.ToHexString(AccessSecret.HashOf(token))}", () => ReadAsync(context, index));
        return known is null || known.IsOver(Now(context)) ? null : known;
    }

    private async Task<Access?> ReadAsync(HttpContext context, int index)
    {
        var issuer = options.Value.Issuers[index];
        if (await context.AuthenticateAsync(SchemeOf(index)) is not { Succeeded: true } read
            || read.Principal.FindFirst(Subject)?.Value is not { Length: > 0 } subject)
            return null;
        var role = ClaimRoles.RoleOf(read.Principal, issuer.RoleClaim, issuer.AdministratorRole);
        var account = await accounts.ProvisionAsync(
            issuer.Issuer ?? issuer.Authority, subject, ClaimRoles.NameOf(read.Principal, issuer.NameClaim, subject), role, context.RequestAborted);
        return new Access(
            account, Access.AccountGrant + account.Id, Access.Within(account, ScopesOf(read.Principal, issuer)), read.Properties?.ExpiresUtc);
    }

    /// <summary>Whose it says it is, before anything of it is believed: that says by whose keys it is checked.</summary>
    private int? IndexOf(string token)
    {
        if (options.Value.Issuers.Length == 0 || !new JsonWebTokenHandler().CanReadToken(token))
            return null;
        try
        {
            var said = new JsonWebToken(token).Issuer;
            var index = Array.FindIndex(options.Value.Issuers, issuer => said == (issuer.Issuer ?? issuer.Authority));
            return index < 0 ? null : index;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static IEnumerable<string> ScopesOf(ClaimsPrincipal user, TokenIssuer issuer) => user.FindAll(issuer.ScopeClaim).Concat(user.FindAll("scp"))
        .SelectMany(claim => claim.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .SelectMany(theirs => issuer.Scopes.Count == 0 ? [theirs] : issuer.Scopes.GetValueOrDefault(theirs)?.Split(' ') ?? [])
        .Distinct();

    private static DateTimeOffset Now(HttpContext context) =>
        context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
}

/// <summary>How the tokens of each issuer are checked.</summary>
internal sealed class IssuedTokenChecks(IOptions<AuthOptions> options) : IConfigureNamedOptions<JwtBearerOptions>
{
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    public void Configure(JwtBearerOptions options) => Configure(null, options);

    public void Configure(string? name, JwtBearerOptions bearer)
    {
        var issuer = options.Value.Issuers.Where((_, index) => IssuedTokens.SchemeOf(index) == name).SingleOrDefault();
        if (issuer is null)
            return;
        bearer.Authority = issuer.Authority;
        bearer.RequireHttpsMetadata = !new Uri(issuer.Authority).IsLoopback;
        bearer.MapInboundClaims = false;
        bearer.TokenValidationParameters.ValidIssuer = issuer.Issuer ?? issuer.Authority;
        bearer.TokenValidationParameters.ValidAudience = issuer.Audience;
        bearer.TokenValidationParameters.ClockSkew = Skew;
        bearer.TokenValidationParameters.RequireExpirationTime = true;
    }
}

using System.Globalization;
using System.Security.Claims;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Accounts;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>Who was let in, by what, and what for.</summary>
/// <param name="Account">Who.</param>
/// <param name="Grant">By what: see <see cref="AccessClaims.Grant"/>.</param>
/// <param name="Scopes">What for.</param>
/// <param name="ExpiresAt">When it ends by itself; null for never.</param>
internal sealed record Access(Account Account, string Grant, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt)
{
    /// <summary>How such a caller is said to have been authenticated.</summary>
    public const string AuthenticationType = "ProgressHub";

    /// <summary>Of a session.</summary>
    public const string SessionGrant = "session:";

    /// <summary>Of a key.</summary>
    public const string KeyGrant = "key:";

    /// <summary>Of a token that somebody else issued: it is good as long as the account is.</summary>
    public const string AccountGrant = "account:";

    private static readonly string[] OfUsers = [AccessScope.ReadJobs, AccessScope.WriteJobs, AccessScope.Documents, AccessScope.Account];
    private static readonly string[] OfAdministrators = [.. OfUsers, AccessScope.Admin];

    /// <summary>What a session of an account is good for.</summary>
    public static IReadOnlyList<string> ScopesOf(Account account) =>
        account.Role == AccountRole.Administrator ? OfAdministrators : OfUsers;

    /// <summary>What is left of wanted scopes: nobody hands on what it does not have.</summary>
    public static IReadOnlyList<string> Within(Account account, IEnumerable<string> scopes) =>
        [.. scopes.Where(scope => scope != AccessScope.Account && ScopesOf(account).Contains(scope))];

    /// <summary>Whether it is over.</summary>
    public bool IsOver(DateTimeOffset now) => !Account.IsEnabled || ExpiresAt <= now;

    /// <summary>The same for watching alone, one job or all.</summary>
    public Access ToWatch() => this with { Scopes = [AccessScope.ReadJobs] };

    /// <summary>As the framework knows a caller.</summary>
    /// <param name="ticketJob">The one job that may be watched; null where that is not said.</param>
    public ClaimsPrincipal ToPrincipal(JobId? ticketJob = null)
    {
        var claims = new List<Claim>
        {
            new(ClaimTypes.NameIdentifier, Account.Id), new(ClaimTypes.Name, Account.Name),
            new(ClaimTypes.Role, Account.Role == AccountRole.Administrator ? "administrator" : "user"), new(AccessClaims.Grant, Grant),
        };
        claims.AddRange(Scopes.Select(scope => new Claim(AccessClaims.Scope, scope)));
        if (ExpiresAt is { } expires)
            claims.Add(new Claim(AccessClaims.Expires, expires.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)));
        if (ticketJob is { } job)
            claims.Add(new Claim(AccessClaims.TicketJob, job.ToString()));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, AuthenticationType, ClaimTypes.Name, ClaimTypes.Role));
    }
}

using System.Security.Claims;
using ProgressHub.Core.Accounts;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>What the claims of somebody else's tokens say in our words.</summary>
internal static class ClaimRoles
{
    private const int MaxNameCharacters = 100;

    /// <summary>The role; null where the issuer is not asked about roles.</summary>
    public static AccountRole? RoleOf(ClaimsPrincipal user, string? claim, string? administrator) => claim is null || administrator is null
        ? null
        : user.FindAll(claim).Any(c => c.Value == administrator) ? AccountRole.Administrator : AccountRole.User;

    /// <summary>The name that is shown.</summary>
    public static string NameOf(ClaimsPrincipal user, string claim, string subject)
    {
        var name = user.FindFirst(claim)?.Value is { Length: > 0 } said ? said : user.FindFirst("preferred_username")?.Value ?? subject;
        return name.Length > MaxNameCharacters ? name[..MaxNameCharacters] : name;
    }
}

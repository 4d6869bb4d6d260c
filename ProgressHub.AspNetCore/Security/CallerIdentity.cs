using System.Globalization;
using System.Security.Claims;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Security;

/// <summary>Who asks, in the words of the engine.</summary>
public static class CallerIdentity
{
    /// <summary>The owner of what this caller submits, and of all that they may see.</summary>
    /// <exception cref="InvalidOperationException">Nobody was authenticated: the endpoint asks for no authorization.</exception>
    public static string Owner(this ClaimsPrincipal user) =>
        user.FindFirst(ClaimTypes.NameIdentifier)?.Value
        ?? throw new InvalidOperationException("The request has no caller; its endpoint must require authorization.");

    /// <summary>Whether the caller may do what a scope stands for. Who was let in by no grant of ours may do all.</summary>
    internal static bool Allows(this ClaimsPrincipal user, string scope) =>
        user.Grant() is null || user.HasClaim(AccessClaims.Scope, scope);

    /// <summary>What let the caller in and may be taken back; null where nothing can.</summary>
    internal static string? Grant(this ClaimsPrincipal user) => user.FindFirst(AccessClaims.Grant)?.Value;

    /// <summary>When the access ends by itself; null for never.</summary>
    internal static DateTimeOffset? AccessExpires(this ClaimsPrincipal user) =>
        long.TryParse(user.FindFirst(AccessClaims.Expires)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            ? DateTimeOffset.FromUnixTimeMilliseconds(at)
            : null;

    /// <summary>Whether the caller may watch a job, as far as its ticket goes.</summary>
    internal static bool TicketAllows(this ClaimsPrincipal user, JobId job) =>
        user.FindFirst(AccessClaims.TicketJob)?.Value is not { } only || only == job.ToString();

    /// <summary>Whether the caller may watch all of its jobs, as far as its ticket goes.</summary>
    internal static bool TicketAllowsAll(this ClaimsPrincipal user) => user.FindFirst(AccessClaims.TicketJob) is null;
}

using System.Security.Claims;

namespace ProgressHub.AspNetCore.Security;

/// <summary>Who asks, in the words of the engine.</summary>
public static class CallerIdentity
{
    /// <summary>The owner of what this caller submits, and of all that they may see.</summary>
    /// <exception cref="InvalidOperationException">Nobody was authenticated: the endpoint asks for no authorization.</exception>
    public static string Owner(this ClaimsPrincipal user) =>
        user.FindFirst(ClaimTypes.NameIdentifier)?.Value
        ?? throw new InvalidOperationException("The request has no caller; its endpoint must require authorization.");
}

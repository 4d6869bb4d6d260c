using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Web.Components.Hosting;

namespace ProgressHub.Web.Components.Accounts;

/// <summary>Whoever has signed in, in whose circuit the components act, as long as the session lasts.</summary>
internal sealed class SignedInCaller(AuthenticationStateProvider state) : ICaller
{
    /// <exception cref="InvalidOperationException">The session has ended.</exception>
    public string Owner => User.Owner();

    public string? Name => User.Identity?.Name;

    public bool IsAdministrator => User.Allows(AccessScope.Admin) && User.Grant() is not null;

    /// <summary>What let the person in.</summary>
    public string? Grant => User.Grant();

    // Known from the circuit's first moment on: there is nothing to wait for.
    private ClaimsPrincipal User => state.GetAuthenticationStateAsync() is { IsCompletedSuccessfully: true, Result.User: var user }
        ? user : throw new InvalidOperationException("Who has signed in is not known yet.");
}

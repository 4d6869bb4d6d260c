using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using ProgressHub.AspNetCore.Accounts;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Web.Components.Accounts;

/// <summary>
/// Looks each second whether what let a circuit's person in still does; where it does not, the circuit is nobody's, even if
/// somebody came back to it. (Its connection is cut off besides, as every request is.)
/// </summary>
internal sealed class CircuitAccess(ILoggerFactory loggers, AccessCheck access) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    /// <inheritdoc/>
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        ClaimsPrincipal user = authenticationState.User;
        if (user.Grant() is not { } grant)
            return true;
        try
        {
            return await access.OfGrantAsync(grant, cancellationToken) is not null;
        }
        catch (StorageUnavailableException)
        {
            // Not known now; it is looked at again.
            return true;
        }
    }
}

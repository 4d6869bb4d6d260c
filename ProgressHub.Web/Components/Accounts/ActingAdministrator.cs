using ProgressHub.AspNetCore.Accounts;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Accounts;

/// <summary>Whoever acts on the whole server from a page that may have been open for long.</summary>
internal static class ActingAdministrator
{
    /// <summary>The caller, who must be an administrator at this moment where people sign in; elsewhere anybody is.</summary>
    /// <param name="caller">Who acts.</param>
    /// <param name="services">What has the accounts, which are asked where people sign in.</param>
    /// <exception cref="RefusedException">403: they are none, or none any more.</exception>
    public static async Task<Actor> RequireAsync(ICaller caller, IServiceProvider services)
    {
        if (caller is not SignedInCaller signedIn)
            return caller.SeesServer ? new Actor(caller.Owner, null) : throw Refused();
        return signedIn.Grant is { } grant
            && await services.GetRequiredService<AccessCheck>().OfGrantNowAsync(grant, CancellationToken.None) is { } access
            && access.Scopes.Contains(AccessScope.Admin)
                ? new Actor(access.Account.Id, null)
                : throw Refused();
    }

    private static RefusedException Refused() => new(
        StatusCodes.Status403Forbidden, "forbidden", UiText.Of("You are no administrator any more; nothing was done."));
}

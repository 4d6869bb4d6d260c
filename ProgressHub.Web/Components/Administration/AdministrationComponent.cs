using Microsoft.AspNetCore.Components;
using ProgressHub.AspNetCore.Accounts;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Web.Components.Accounts;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Administration;

/// <summary>
/// A part of the administration page. Whoever looks or acts must be an administrator at that moment: a page that is open goes
/// on for somebody who is none any more.
/// </summary>
public abstract class AdministrationComponent : AccountComponent
{
    [Inject]
    private AccessCheck Access { get; set; } = null!;

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => ActAsync(_ => LoadAsync());

    /// <summary>Reads what is shown.</summary>
    protected abstract Task LoadAsync();

    /// <summary>Does one thing, as who has signed in, and reads anew.</summary>
    private protected Task ChangeAsync(Func<Actor, Task> change) => ActAsync(async by =>
    {
        await change(by);
        await LoadAsync();
    });

    /// <summary>Does one thing, as who has signed in.</summary>
    private protected Task ActAsync(Func<Actor, Task> action) => TryAsync(async () => await action(await RequireAsync()));

    private async Task<Actor> RequireAsync() =>
        Caller is SignedInCaller { Grant: { } grant }
        && await Access.OfGrantNowAsync(grant, CancellationToken.None) is { } access
        && access.Scopes.Contains(AccessScope.Admin)
            ? new Actor(access.Account.Id, null)
            : throw new RefusedException(
                StatusCodes.Status403Forbidden, "forbidden", UiText.Of("You are no administrator any more; nothing was done."));
}

using Microsoft.AspNetCore.Components;
using ProgressHub.AspNetCore.Accounts;
using ProgressHub.Web.Components.Accounts;

namespace ProgressHub.Web.Components.Administration;

/// <summary>
/// A part of the administration page. Whoever looks or acts must be an administrator at that moment: a page that is open goes
/// on for somebody who is none any more.
/// </summary>
public abstract class AdministrationComponent : AccountComponent
{
    [Inject]
    private IServiceProvider Services { get; set; } = null!;

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
    private protected Task ActAsync(Func<Actor, Task> action) =>
        TryAsync(async () => await action(await ActingAdministrator.RequireAsync(Caller, Services)));
}

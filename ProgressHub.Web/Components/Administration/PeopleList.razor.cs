using Microsoft.AspNetCore.Components;
using ProgressHub.AspNetCore.Accounts;
using ProgressHub.Core.Accounts;

namespace ProgressHub.Web.Components.Administration;

/// <summary>Everybody who may sign in, and what can be done about them.</summary>
public sealed partial class PeopleList
{
    private IReadOnlyList<Account>? _people;
    private Account? _changing;
    private string? _name = "";
    private string? _newPassword = "";
    private string? _password = "";
    private AccountRole _role = AccountRole.User;
    private string? _done;

    [Inject]
    private AccountDirectory Accounts { get; set; } = null!;

    [Inject]
    private AspNetCore.Accounts.Administration Administration { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task LoadAsync() => _people = await Accounts.ListAsync(CancellationToken.None);

    private Task AddAsync() => ChangeAsync(async by =>
    {
        _done = null;
        var made = await Administration.CreateAsync(by, new NewAccount(_name ?? "", _newPassword ?? "", _role), CancellationToken.None);
        (_name, _newPassword, _role) = ("", "", AccountRole.User);
        _done = L["{0} can sign in now. Tell them the password in another way than this server.", made.Name];
    });

    private Task ChangeRoleAsync(Account person, string? role) => ChangeAsync(async by =>
    {
        _done = null;
        if (Enum.TryParse<AccountRole>(role, out var wanted) && wanted != person.Role)
            await Administration.ChangeAsync(by, person.Id, new AccountChange(Role: wanted), CancellationToken.None);
    });

    private Task EnableAsync(Account person) => ChangeAsync(async by =>
    {
        _done = null;
        await Administration.ChangeAsync(by, person.Id, new AccountChange(Enabled: !person.IsEnabled), CancellationToken.None);
    });

    private Task SignOutAsync(Account person) => ChangeAsync(async by =>
    {
        _done = null;
        var ended = await Administration.EndSessionsAsync(by, person.Id, CancellationToken.None);
        _done = L["{0} is signed out of {1} browsers.", person.Name, ended ?? 0];
    });

    private Task ChangePasswordAsync() => ChangeAsync(async by =>
    {
        _done = null;
        if (_changing is not { } person)
            return;
        await Administration.ChangeAsync(by, person.Id, new AccountChange(Password: _password ?? ""), CancellationToken.None);
        (_changing, _password) = (null, "");
        _done = L["{0} has a new password.", person.Name];
    });
}

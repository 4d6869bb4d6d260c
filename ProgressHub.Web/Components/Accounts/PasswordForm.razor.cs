using Microsoft.AspNetCore.Components;
using ProgressHub.AspNetCore.Accounts;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Accounts;

/// <summary>Changes the password of who has signed in; nothing where a provider vouches for them.</summary>
public sealed partial class PasswordForm
{
    private bool _hasPassword;
    private bool _isChanged;
    private string? _old;
    private string? _new;
    private string? _again;

    [Inject]
    private AccountDirectory Accounts { get; set; } = null!;

    [Inject]
    private OwnPassword Password { get; set; } = null!;

    private string? ThisSession => (Caller as SignedInCaller)?.Grant is { } grant && grant.StartsWith(Access.SessionGrant, StringComparison.Ordinal)
        ? grant[Access.SessionGrant.Length..] : null;

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => TryAsync(async () =>
        _hasPassword = await Accounts.FindAsync(Caller.Owner, CancellationToken.None) is { PasswordHash: not null });

    private Task ChangeAsync() => TryAsync(async () =>
    {
        _isChanged = false;
        if (_new != _again)
        {
            throw new RefusedException(
                StatusCodes.Status422UnprocessableEntity, "invalid_password", UiText.Of("The two new passwords are not the same."));
        }

        await Password.ChangeAsync(Caller.Owner, ThisSession, _old ?? "", _new ?? "", CancellationToken.None);
        (_old, _new, _again, _isChanged) = (null, null, null, true);
    });
}

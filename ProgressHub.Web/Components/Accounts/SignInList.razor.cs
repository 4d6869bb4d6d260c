using Microsoft.AspNetCore.Components;
using ProgressHub.AspNetCore.Accounts;
using ProgressHub.Core.Accounts;

namespace ProgressHub.Web.Components.Accounts;

/// <summary>The browsers in which the caller is signed in, each with a way out.</summary>
public sealed partial class SignInList
{
    private IReadOnlyList<SignInSession>? _sessions;

    [Inject]
    private AccountDatabase Database { get; set; } = null!;

    [Inject]
    private AuditTrail Audit { get; set; } = null!;

    private ISignInSessionStore Sessions => Database.Sessions;

    private string? ThisId => (Caller as SignedInCaller)?.Grant is { } grant && grant.StartsWith(Access.SessionGrant, StringComparison.Ordinal)
        ? grant[Access.SessionGrant.Length..] : null;

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => TryAsync(LoadAsync);

    private bool IsThis(SignInSession session) => session.Id == ThisId;

    private async Task LoadAsync() => _sessions = await Sessions.ListAsync(Caller.Owner, CancellationToken.None);

    private Task EndAsync(SignInSession session) => TryAsync(async () =>
    {
        if (await Sessions.EndAsync(session.Id, Caller.Owner, CancellationToken.None))
            await Audit.AddAsync(Caller.Owner, "session.ended", session.Id, null);
        await LoadAsync();
    });

    private Task EndOthersAsync() => TryAsync(async () =>
    {
        if (await Sessions.EndOthersAsync(Caller.Owner, ThisId, CancellationToken.None) > 0)
            await Audit.AddAsync(Caller.Owner, "session.ended-others", ThisId, null);
        await LoadAsync();
    });
}

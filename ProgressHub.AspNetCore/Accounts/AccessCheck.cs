using ProgressHub.AspNetCore.Accounts.Shares;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Accounts;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>Says whom a secret or a grant stands for, as of now.</summary>
internal sealed class AccessCheck(AccountDatabase database, AccessCache cache, LastUses uses, TimeProvider time)
{
    /// <summary>How a key begins.</summary>
    public const string KeyPrefix = "phk_";

    private const int MostLinks = 1_000;

    /// <summary>Whom the secret in a session's cookie stands for; null for nobody.</summary>
    public async ValueTask<Access?> OfSessionAsync(string secret, CancellationToken cancellationToken)
    {
        var hash = AccessSecret.HashOf(secret);
        return Unless(await cache.GetAsync($"s{Convert.ToHexString(hash)}", async () =>
        {
            var session = await database.Sessions.FindBySecretAsync(hash, cancellationToken);
            await uses.SeeAsync(session);
            return await OfAsync(session, cancellationToken);
        }));
    }

    /// <summary>Whom a key stands for; null for nobody.</summary>
    public async ValueTask<Access?> OfKeyAsync(string secret, CancellationToken cancellationToken)
    {
        var hash = AccessSecret.HashOf(secret);
        return Unless(await cache.GetAsync($"k{Convert.ToHexString(hash)}", async () =>
        {
            var key = await database.Keys.FindBySecretAsync(hash, cancellationToken);
            await uses.UseAsync(key);
            return await OfAsync(key, cancellationToken);
        }));
    }

    /// <summary>
    /// Whom the secret in a visitor's cookie stands for; null for nobody: none of the links that the browser has opened is
    /// still good.
    /// </summary>
    public async ValueTask<Access?> OfVisitorAsync(string secret, CancellationToken cancellationToken) =>
        await OfVisitorNamedAsync(VisitorCookie.NameOf(secret), cancellationToken);

    /// <summary>What a grant is good for; null where it was taken back or is over.</summary>
    public async ValueTask<Access?> OfGrantAsync(string grant, CancellationToken cancellationToken) =>
        Unless(await cache.GetAsync($"g{grant}", () => FindAsync(grant, cancellationToken)));

    /// <summary>The same, as the store has it at this moment.</summary>
    public async Task<Access?> OfGrantNowAsync(string grant, CancellationToken cancellationToken) =>
        Unless(await FindAsync(grant, cancellationToken));

    private async Task<Access?> FindAsync(string grant, CancellationToken cancellationToken) => grant.IndexOf(':') switch
    {
        var at when at > 0 && grant[..(at + 1)] == Access.SessionGrant =>
            await OfAsync(await database.Sessions.FindAsync(grant[(at + 1)..], cancellationToken), cancellationToken),
        var at when at > 0 && grant[..(at + 1)] == Access.KeyGrant =>
            await OfAsync(await database.Keys.FindAsync(grant[(at + 1)..], cancellationToken), cancellationToken),
        var at when at > 0 && grant[..(at + 1)] == Access.AccountGrant =>
            await database.Accounts.FindAsync(grant[(at + 1)..], cancellationToken) is { } account
                ? new Access(account, grant, Access.ScopesOf(account), null)
                : null,
        _ when grant.StartsWith(ShareOpening.VisitorPrefix, StringComparison.Ordinal) => await OfVisitorNamedAsync(grant, cancellationToken),
        _ => null,
    };

    // Not remembered: whoever opens a link is sent on at once to where it is asked.
    private async Task<Access?> OfVisitorNamedAsync(string visitor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return (await database.Shares.ListWithAsync(visitor, null, MostLinks, cancellationToken)).Any(link => !link.IsOver(now))
            ? new Access(new Account { Id = visitor, Name = "Visitor" }, visitor, [AccessScope.ReadJobs], null)
            : null;
    }

    private async Task<Access?> OfAsync(SignInSession? session, CancellationToken cancellationToken) =>
        session is not null && await database.Accounts.FindAsync(session.AccountId, cancellationToken) is { } account
            ? new Access(account, Access.SessionGrant + session.Id, Access.ScopesOf(account), session.ExpiresAt)
            : null;

    private async Task<Access?> OfAsync(ApiKey? key, CancellationToken cancellationToken) =>
        key is not null && await database.Accounts.FindAsync(key.AccountId, cancellationToken) is { } account
            ? new Access(account, Access.KeyGrant + key.Id, Access.Within(account, key.Scopes), key.ExpiresAt)
            : null;

    private Access? Unless(Access? access) => access is null || access.IsOver(time.GetUtcNow()) ? null : access;
}

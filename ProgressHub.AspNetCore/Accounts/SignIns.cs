using Microsoft.Extensions.Options;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Accounts;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>Begins sessions and ends them.</summary>
internal sealed class SignIns(
    AccountDatabase database, Passwords passwords, AuditTrail audit, IOptions<AuthOptions> options, TimeProvider time)
{
    private const int MaxBrowserCharacters = 200;

    /// <summary>
    /// Whose name and password these are; null where they are nobody's, or the account is locked or disabled. Which of it
    /// is not said: whoever tries names would learn which exist.
    /// </summary>
    public async Task<Account?> CheckAsync(HttpContext context, string name, string password)
    {
        var (auth, now, aborted) = (options.Value, time.GetUtcNow(), context.RequestAborted);
        var account = AccountNames.IsValid(name) ? await database.Accounts.FindByNameAsync(name, aborted) : null;
        var isRight = passwords.IsRight(account, password.Length <= Passwords.MaxCharacters ? password : "");
        if (account is null)
        {
            await audit.AddAsync(context, null, "signin.failed", null);
            return null;
        }

        if (account.LockedUntil > now || !account.IsEnabled)
        {
            await audit.AddAsync(context, account.Id, "signin.refused", account.Id);
            return null;
        }

        if (!isRight)
        {
            var failed = await database.Accounts.ChangeAsync(account.Id, a => a.Failed(auth.MaxFailures, auth.LockoutTime, now), aborted);
            await audit.AddAsync(context, account.Id, failed?.LockedUntil > now ? "signin.locked" : "signin.failed", account.Id);
            return null;
        }

        return account is { Failures: 0, LockedUntil: null }
            ? account
            : await database.Accounts.ChangeAsync(account.Id, a => a.Succeeded(), aborted);
    }

    /// <summary>Begins a session in the browser that asks.</summary>
    /// <param name="context">Its request.</param>
    /// <param name="account">Who signs in.</param>
    /// <param name="providerTokens">What a provider gave, protected; null where there is none.</param>
    /// <param name="askAt">When to ask the provider next; null for never.</param>
    public async Task<SignInSession> BeginAsync(
        HttpContext context, Account account, byte[]? providerTokens = null, DateTimeOffset? askAt = null)
    {
        // A browser has one session: that of whoever signed in before in it ends.
        await EndAsync(context);
        var (now, secret) = (time.GetUtcNow(), AccessSecret.New(""));
        var browser = context.Request.Headers.UserAgent.ToString();
        var session = new SignInSession
        {
            Id = AccessSecret.NewId(), AccountId = account.Id, CreatedAt = now, SeenAt = now, ExpiresAt = now + options.Value.SessionLifetime,
            Browser = browser.Length > MaxBrowserCharacters ? browser[..MaxBrowserCharacters] : browser,
            Address = context.Connection.RemoteIpAddress?.ToString(), ProviderTokens = providerTokens, AskProviderAt = askAt,
        };
        await database.Sessions.SweepAsync(now, context.RequestAborted);
        await database.Sessions.AddAsync(session, AccessSecret.HashOf(secret), context.RequestAborted);
        await audit.AddAsync(context, account.Id, "signin", session.Id);
        SessionCookie.Write(context, secret, session.ExpiresAt);
        return session;
    }

    /// <summary>Ends the session of the browser that asks; what it was, null where there was none.</summary>
    public async Task<SignInSession?> EndAsync(HttpContext context)
    {
        if (SessionCookie.Read(context.Request) is not { } secret)
            return null;
        SessionCookie.Delete(context);
        if (await database.Sessions.FindBySecretAsync(AccessSecret.HashOf(secret), context.RequestAborted) is not { } session)
            return null;
        await database.Sessions.EndAsync(session.Id, session.AccountId, context.RequestAborted);
        await audit.AddAsync(context, session.AccountId, "signout", session.Id);
        return session;
    }
}

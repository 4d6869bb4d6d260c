using Microsoft.Extensions.Options;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Accounts;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>Changes the password of who has signed in and still knows it.</summary>
internal sealed class OwnPassword(
    AccountDatabase database, Passwords passwords, AuditTrail audit, IOptions<AuthOptions> options, TimeProvider time)
{
    /// <summary>Changes it; whoever is signed in elsewhere is signed out.</summary>
    /// <param name="accountId">Whose.</param>
    /// <param name="butFor">The session that stays; null for none.</param>
    /// <param name="old">The present password. Wrong ones count as they do at sign-in, and lock the account in the end.</param>
    /// <param name="wanted">The new one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RefusedException">
    /// 409 <c>no_password</c>; 422 <c>wrong_password</c> or <c>invalid_password</c>; 429 <c>account_locked</c>.
    /// </exception>
    public async Task ChangeAsync(string accountId, string? butFor, string old, string wanted, CancellationToken cancellationToken)
    {
        var (auth, now) = (options.Value, time.GetUtcNow());
        if (await database.Accounts.FindAsync(accountId, cancellationToken) is not { PasswordHash: not null } account)
            throw new RefusedException(StatusCodes.Status409Conflict, "no_password", "A provider vouches for this account; its password is changed there.");
        if (Passwords.Complaint(wanted) is { } complaint)
            throw new RefusedException(StatusCodes.Status422UnprocessableEntity, "invalid_password", complaint, "new");
        if (account.LockedUntil > now)
        {
            throw new RefusedException(
                StatusCodes.Status429TooManyRequests, "account_locked", "Too many wrong passwords were given. Wait a while, then try again.");
        }

        if (old.Length > Passwords.MaxCharacters || !passwords.IsRight(account, old))
        {
            var failed = await database.Accounts.ChangeAsync(accountId, a => a.Failed(auth.MaxFailures, auth.LockoutTime, now), cancellationToken);
            await audit.AddAsync(accountId, failed?.LockedUntil > now ? "password.locked" : "password.refused", accountId, null);
            throw new RefusedException(StatusCodes.Status422UnprocessableEntity, "wrong_password", "The present password is not that.", "old");
        }

        var hash = passwords.Hash(wanted);
        await database.Accounts.ChangeAsync(accountId, a => a.Succeeded() with { PasswordHash = hash }, cancellationToken);
        await database.Sessions.EndOthersAsync(accountId, butFor, cancellationToken);
        await audit.AddAsync(accountId, "password.changed", accountId, null);
    }
}

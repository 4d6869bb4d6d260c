using ProgressHub.AspNetCore.Problems;
using ProgressHub.Core.Accounts;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>Makes accounts and changes them.</summary>
internal sealed class AccountDirectory(AccountDatabase database, Passwords passwords, TimeProvider time)
{
    /// <summary>
    /// The owner of everything in local mode. The first administrator's account has it for its id: who has had the server
    /// alone goes on with what is there.
    /// </summary>
    public const string FirstId = "local";

    /// <summary>All accounts, by name.</summary>
    public Task<IReadOnlyList<Account>> ListAsync(CancellationToken cancellationToken) => database.Accounts.ListAsync(cancellationToken);

    /// <summary>One of them.</summary>
    public Task<Account?> FindAsync(string id, CancellationToken cancellationToken) => database.Accounts.FindAsync(id, cancellationToken);

    /// <summary>Whether somebody can see to the accounts.</summary>
    public async Task<bool> HasAdministratorAsync(CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken)).Any(account => account is { Role: AccountRole.Administrator, IsEnabled: true });

    /// <summary>The code for the first administrator: a proposed one, or that of the node which proposed its own first.</summary>
    public Task<string> SetupCodeAsync(string proposed, CancellationToken cancellationToken) => database.SetupCodeAsync(proposed, cancellationToken);

    /// <summary>Makes an account with a password.</summary>
    /// <exception cref="RefusedException">422 <c>invalid_name</c> or <c>invalid_password</c>; 409 <c>name_taken</c>.</exception>
    public async Task<Account> CreateAsync(string name, string password, AccountRole role, CancellationToken cancellationToken)
    {
        var account = await MakeAsync(name, password, role, cancellationToken);
        return await database.Accounts.AddAsync(account, cancellationToken)
            ? account
            : throw NameTaken();
    }

    /// <summary>Makes the first administrator; null where there is one by now, be it that another node made it in this instant.</summary>
    /// <exception cref="RefusedException">As <see cref="CreateAsync"/>.</exception>
    public async Task<Account?> CreateFirstAsync(string name, string password, CancellationToken cancellationToken)
    {
        var account = await MakeAsync(name, password, AccountRole.Administrator, cancellationToken);
        if (await database.Accounts.AddFirstAsync(account, cancellationToken))
            return account;
        return await HasAdministratorAsync(cancellationToken) ? null : throw NameTaken();
    }

    private async Task<Account> MakeAsync(string name, string password, AccountRole role, CancellationToken cancellationToken)
    {
        Check(name, password);
        var first = role == AccountRole.Administrator && await FindAsync(FirstId, cancellationToken) is null;
        return new Account
        {
            Id = first ? FirstId : AccessSecret.NewId(), Name = name, Role = role, PasswordHash = passwords.Hash(password),
            CreatedAt = time.GetUtcNow(),
        };
    }

    private static RefusedException NameTaken() =>
        new(StatusCodes.Status409Conflict, "name_taken", "There is an account of that name already.", "name");

    /// <summary>The account that an issuer vouches for; made where it comes for the first time.</summary>
    /// <param name="issuer">Who vouches.</param>
    /// <param name="subject">What it calls it.</param>
    /// <param name="name">How it is shown.</param>
    /// <param name="role">What the issuer says it is; null where it says nothing, and what is known counts.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Account> ProvisionAsync(string issuer, string subject, string name, AccountRole? role, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await database.Accounts.FindBySubjectAsync(issuer, subject, cancellationToken) is { } known)
            {
                return known.Name == name && (role is null || known.Role == role)
                    ? known
                    : await database.Accounts.ChangeAsync(
                        known.Id, account => account with { Name = name, Role = role ?? account.Role }, cancellationToken) ?? known;
            }

            // Two requests may come first at once; the second finds what the first has made.
            var made = new Account
            {
                Id = AccessSecret.NewId(), Name = name, Role = role ?? AccountRole.User, Issuer = issuer, Subject = subject,
                CreatedAt = time.GetUtcNow(),
            };
            if (await database.Accounts.AddAsync(made, cancellationToken))
                return made;
        }
    }

    /// <summary>Changes an account; null where there is none.</summary>
    /// <exception cref="RefusedException">
    /// 409 <c>last_administrator</c>: nobody could see to the accounts any more; 422 <c>invalid_password</c>.
    /// </exception>
    public async Task<Account?> ChangeAsync(string id, AccountChange change, CancellationToken cancellationToken)
    {
        if (change.Password is { } wanted)
            CheckPassword(wanted);
        var takesAway = change.Enabled == false || change.Role == AccountRole.User;
        if (takesAway && !(await ListAsync(cancellationToken)).Any(a => a.Id != id && a is { Role: AccountRole.Administrator, IsEnabled: true }))
        {
            throw new RefusedException(
                StatusCodes.Status409Conflict, "last_administrator", "There must be another administrator first; this is the only one.");
        }

        var hash = change.Password is { } password ? passwords.Hash(password) : null;
        var changed = await database.Accounts.ChangeAsync(id, account => Apply(account, change, hash), cancellationToken);
        if (changed is not null && (hash is not null || change.Enabled == false))
            await database.Sessions.EndOthersAsync(id, null, cancellationToken);
        return changed;
    }

    private Account Apply(Account account, AccountChange change, string? hash)
    {
        if (hash is not null && account.Issuer is not null)
        {
            throw new RefusedException(
                StatusCodes.Status409Conflict, "no_password", "A provider vouches for this account; it has no password here.", "password");
        }

        return account with
        {
            Role = change.Role ?? account.Role,
            DisabledAt = change.Enabled switch { true => null, false => account.DisabledAt ?? time.GetUtcNow(), null => account.DisabledAt },
            PasswordHash = hash ?? account.PasswordHash,
            LockedUntil = hash is null ? account.LockedUntil : null,
            Failures = hash is null ? account.Failures : 0,
        };
    }

    private static void Check(string name, string password)
    {
        if (!AccountNames.IsValid(name))
            throw new RefusedException(StatusCodes.Status422UnprocessableEntity, "invalid_name", AccountNames.Rule + ".", "name");
        CheckPassword(password);
    }

    private static void CheckPassword(string password)
    {
        if (Passwords.Complaint(password) is { } complaint)
            throw new RefusedException(StatusCodes.Status422UnprocessableEntity, "invalid_password", complaint, "password");
    }
}

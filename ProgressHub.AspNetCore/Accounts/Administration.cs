using System.Globalization;
using ProgressHub.Core.Accounts;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Quotas;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>What administrators do, by the API or by the pages: each change is written down with who made it.</summary>
internal sealed class Administration(AccountDirectory accounts, AccountDatabase database, QuotaBook quotas, AuditTrail audit)
{
    /// <summary>Makes an account with a password.</summary>
    /// <inheritdoc cref="AccountDirectory.CreateAsync"/>
    public async Task<Account> CreateAsync(Actor by, NewAccount wanted, CancellationToken cancellationToken)
    {
        var account = await accounts.CreateAsync(wanted.Name, wanted.Password, wanted.Role, cancellationToken);
        await audit.AddAsync(by, "account.created", account.Id, $"role={RoleOf(account.Role)}");
        return account;
    }

    /// <summary>Changes an account; null where there is none.</summary>
    /// <inheritdoc cref="AccountDirectory.ChangeAsync"/>
    public async Task<Account?> ChangeAsync(Actor by, string id, AccountChange change, CancellationToken cancellationToken)
    {
        if (await accounts.ChangeAsync(id, change, cancellationToken) is not { } account)
            return null;
        string?[] changed =
        [
            change.Role is { } role ? $"role={RoleOf(role)}" : null,
            change.Enabled is { } enabled ? $"enabled={(enabled ? "true" : "false")}" : null,
            change.Password is not null ? "password" : null,
        ];
        await audit.AddAsync(by, "account.changed", id, string.Join(", ", changed.OfType<string>()));
        return account;
    }

    /// <summary>Signs an account out of all its browsers; how many, and null where there is no such account.</summary>
    public async Task<int?> EndSessionsAsync(Actor by, string id, CancellationToken cancellationToken)
    {
        if (await accounts.FindAsync(id, cancellationToken) is null)
            return null;
        var ended = await database.Sessions.EndOthersAsync(id, null, cancellationToken);
        await audit.AddAsync(by, "session.ended-all", id, ended.ToString(CultureInfo.InvariantCulture));
        return ended;
    }

    /// <summary>All keys, the newest first, each with what its owner is called.</summary>
    public async Task<IReadOnlyList<(ApiKey Key, string Owner)>> KeysAsync(CancellationToken cancellationToken)
    {
        var names = (await accounts.ListAsync(cancellationToken)).ToDictionary(account => account.Id, account => account.Name);
        return [.. (await database.Keys.ListAllAsync(cancellationToken)).Select(key => (key, names.GetValueOrDefault(key.AccountId, key.AccountId)))];
    }

    /// <summary>Revokes anybody's key; false where there is none.</summary>
    public async Task<bool> RevokeKeyAsync(Actor by, string id, CancellationToken cancellationToken)
    {
        if (await database.Keys.FindAsync(id, cancellationToken) is not { } key
            || !await database.Keys.RevokeAsync(id, key.AccountId, cancellationToken))
            return false;
        await audit.AddAsync(by, "key.revoked", id, $"{key.Prefix}… of {key.AccountId}");
        return true;
    }

    /// <summary>Sets what an account is allowed in place of what everybody is; false where there is no such account.</summary>
    public async Task<bool> SetQuotaAsync(
        Actor by, string id, IReadOnlyDictionary<QuotaBound, decimal?> bounds, CancellationToken cancellationToken)
    {
        if (await accounts.FindAsync(id, cancellationToken) is null)
            return false;
        await quotas.ReplaceAsync(id, bounds, cancellationToken);
        await audit.AddAsync(by, "quota.changed", id, bounds.Count == 0 ? "defaults" : string.Join(", ", bounds.OrderBy(each => each.Key).Select(
            each => string.Create(CultureInfo.InvariantCulture, $"{QuotaNames.Of(each.Key)}={each.Value?.ToString(CultureInfo.InvariantCulture) ?? "none"}"))));
        return true;
    }

    private static string RoleOf(AccountRole role) => role == AccountRole.Administrator ? "administrator" : "user";
}

using System.Globalization;
using Microsoft.Extensions.Options;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Accounts;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>Makes keys and revokes them.</summary>
internal sealed class ApiKeys(AccountDatabase database, AuditTrail audit, IOptions<AuthOptions> options, TimeProvider time)
{
    private const int MaxNameCharacters = 100;
    private const int ShownCharacters = 12;

    /// <summary>The keys of an account, the newest first.</summary>
    public Task<IReadOnlyList<ApiKey>> ListAsync(string accountId, CancellationToken cancellationToken) =>
        database.Keys.ListAsync(accountId, cancellationToken);

    /// <summary>Makes one. Its text is known to whom it is given here, and to nobody afterwards.</summary>
    /// <exception cref="RefusedException">422 where what is wanted can't be had; 429 <c>too_many_keys</c>.</exception>
    public async Task<(ApiKey Key, string Text)> CreateAsync(Account account, NewKey wanted, string? address, CancellationToken cancellationToken)
    {
        Check(account, wanted);
        var text = AccessSecret.New(AccessCheck.KeyPrefix);
        var key = new ApiKey
        {
            Id = AccessSecret.NewId(), AccountId = account.Id, Name = wanted.Name.Trim(), Prefix = text[..ShownCharacters],
            Scopes = [.. wanted.Scopes.Distinct()], CreatedAt = time.GetUtcNow(), ExpiresAt = wanted.ExpiresAt,
        };
        var most = options.Value.KeysPerAccount;
        if (!await database.Keys.AddAsync(key, AccessSecret.HashOf(text), most, cancellationToken))
        {
            throw new RefusedException(
                StatusCodes.Status429TooManyRequests, "too_many_keys",
                string.Create(CultureInfo.InvariantCulture, $"An account has at most {most} keys; revoke one first."));
        }

        await audit.AddAsync(account.Id, "key.created", key.Id, address);
        return (key, text);
    }

    /// <summary>Revokes one of an account's; false where it has none of that id.</summary>
    public async Task<bool> RevokeAsync(string id, string accountId, string? address, CancellationToken cancellationToken)
    {
        if (!await database.Keys.RevokeAsync(id, accountId, cancellationToken))
            return false;
        await audit.AddAsync(accountId, "key.revoked", id, address);
        return true;
    }

    private void Check(Account account, NewKey wanted)
    {
        if (string.IsNullOrWhiteSpace(wanted.Name) || wanted.Name.Length > MaxNameCharacters || wanted.Name.Any(char.IsControl))
            throw Refuse("invalid_name", $"A key's name has 1 to {MaxNameCharacters} characters, and says what it is for.", "name");
        if (wanted.Scopes.Count == 0 || wanted.Scopes.Any(scope => !AccessScope.OfKeys.Contains(scope)))
            throw Refuse("invalid_scope", $"A key has one or more of the scopes {string.Join(", ", AccessScope.OfKeys)}.", "scopes");
        if (Access.Within(account, wanted.Scopes).Count != wanted.Scopes.Count)
            throw Refuse("invalid_scope", "Only an administrator's key has the scope admin.", "scopes");
        if (wanted.ExpiresAt <= time.GetUtcNow())
            throw Refuse("invalid_expiry", "A key ends in the future, or never.", "expiresAt");
    }

    private static RefusedException Refuse(string code, string detail, string property) =>
        new(StatusCodes.Status422UnprocessableEntity, code, detail, property);
}

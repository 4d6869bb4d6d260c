namespace ProgressHub.Core.Accounts;

/// <summary>Somebody who may sign in: a person, or whoever a provider of identities vouches for.</summary>
internal sealed record Account
{
    /// <summary>The owner of all that is made on its behalf.</summary>
    public required string Id { get; init; }

    /// <summary>What it is called; of an account with a password also what one signs in with.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do.</summary>
    public AccountRole Role { get; init; }

    /// <summary>The hash of its password; null where a provider vouches for it.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>Who vouches for it: the address of the issuer; null where it has a password.</summary>
    public string? Issuer { get; init; }

    /// <summary>What the issuer calls it (<c>sub</c>).</summary>
    public string? Subject { get; init; }

    /// <summary>How many wrong passwords were given since the last right one.</summary>
    public int Failures { get; init; }

    /// <summary>Until when no password is right.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>Since when it may do nothing.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether it may do anything at all.</summary>
    public bool IsEnabled => DisabledAt is null;

    /// <summary>The state after a wrong password; after so many in a row it is locked for a while.</summary>
    public Account Failed(int most, TimeSpan locked, DateTimeOffset now) => Failures + 1 >= most
        ? this with { Failures = 0, LockedUntil = now + locked }
        : this with { Failures = Failures + 1 };

    /// <summary>The state after a right password.</summary>
    public Account Succeeded() => this with { Failures = 0, LockedUntil = null };
}

/// <summary>What an account may do.</summary>
internal enum AccountRole
{
    /// <summary>What is its own.</summary>
    User,

    /// <summary>That, and to see to accounts and to the server.</summary>
    Administrator,
}

namespace ProgressHub.Core.Accounts;

/// <summary>What a program shows instead of signing in. The key itself is known to whoever made it, and to nobody else.</summary>
internal sealed record ApiKey
{
    /// <summary>Names it; it is no secret.</summary>
    public required string Id { get; init; }

    /// <summary>On whose behalf it is used.</summary>
    public required string AccountId { get; init; }

    /// <summary>What it is for, in the words of who made it.</summary>
    public required string Name { get; init; }

    /// <summary>How the key begins, to tell it from others.</summary>
    public required string Prefix { get; init; }

    /// <summary>What it may be used for.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ends by itself; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was last used, to about a minute; null for never.</summary>
    public DateTimeOffset? UsedAt { get; init; }
}

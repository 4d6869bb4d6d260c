namespace ProgressHub.Core.Accounts;

/// <summary>A browser that somebody has signed in with.</summary>
internal sealed record SignInSession
{
    /// <summary>Names it; it is no secret, unlike what its cookie holds.</summary>
    public required string Id { get; init; }

    /// <summary>Who signed in.</summary>
    public required string AccountId { get; init; }

    /// <summary>When that was.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last used, to about a minute.</summary>
    public DateTimeOffset SeenAt { get; init; }

    /// <summary>When it ends by itself.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The browser, as it calls itself.</summary>
    public string? Browser { get; init; }

    /// <summary>Where it came from.</summary>
    public string? Address { get; init; }

    /// <summary>What the provider gave, protected: to sign out there, and to ask whether the person still may.</summary>
    public byte[]? ProviderTokens { get; init; }

    /// <summary>When the provider is to be asked next; null for never.</summary>
    public DateTimeOffset? AskProviderAt { get; init; }
}

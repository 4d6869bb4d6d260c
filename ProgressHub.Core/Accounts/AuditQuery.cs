namespace ProgressHub.Core.Accounts;

/// <summary>Entries of the audit log, the newest first. What is null does not narrow.</summary>
internal sealed record AuditQuery
{
    /// <summary>Only what this account did, or what was done to it.</summary>
    public string? AccountId { get; init; }

    /// <summary>Only this action, or all of a group: <c>key</c> is <c>key.created</c> and <c>key.revoked</c>.</summary>
    public string? Action { get; init; }

    /// <summary>Only from this moment on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only before this moment.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only entries before the one of this number.</summary>
    public long? Before { get; init; }

    /// <summary>At most this many.</summary>
    public int Limit { get; init; } = 100;
}

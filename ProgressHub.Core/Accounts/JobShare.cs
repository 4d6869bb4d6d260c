using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Accounts;

/// <summary>That somebody besides its owner may see a job: another account, or whoever has a link.</summary>
internal sealed record JobShare
{
    /// <summary>Names it; it is no secret.</summary>
    public required string Id { get; init; }

    /// <summary>The job.</summary>
    public required JobId Job { get; init; }

    /// <summary>Whose the job is.</summary>
    public required string OwnerId { get; init; }

    /// <summary>Who shared it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When that was.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>With whom; null of a link.</summary>
    public string? AccountId { get; init; }

    /// <summary>What they may do; of a link always <see cref="JobRight.Read"/>.</summary>
    public required JobRight Right { get; init; }

    /// <summary>When it ends by itself; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>How often a link was opened.</summary>
    public long Opens { get; init; }

    /// <summary>Its number, by which shares are listed; given when it is added.</summary>
    public long Number { get; init; }

    /// <summary>Whether it is a link.</summary>
    public bool IsLink => AccountId is null;

    /// <summary>Whether its time is over.</summary>
    public bool IsOver(DateTimeOffset now) => ExpiresAt <= now;
}

/// <summary>Somebody who opened a link.</summary>
/// <param name="Opener">The account; of somebody without one the name of their browser (<see cref="VisitorPrefix"/>).</param>
/// <param name="Address">Where they came from, the last time.</param>
/// <param name="FirstAt">When they opened it first.</param>
/// <param name="LastAt">When they opened it last.</param>
/// <param name="Opens">How often.</param>
internal sealed record ShareOpening(string Opener, string? Address, DateTimeOffset FirstAt, DateTimeOffset LastAt, long Opens)
{
    /// <summary>How the name of a browser begins in which nobody has signed in. No account's id has a colon.</summary>
    public const string VisitorPrefix = "visitor:";

    /// <summary>Whether it was somebody without an account.</summary>
    public bool IsVisitor => Opener.StartsWith(VisitorPrefix, StringComparison.Ordinal);
}

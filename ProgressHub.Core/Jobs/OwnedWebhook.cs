namespace ProgressHub.Core.Jobs;

/// <summary>A webhook among others of its owner, with how many of its messages stand how.</summary>
internal sealed record OwnedWebhook
{
    /// <summary>The job.</summary>
    public required JobId JobId { get; init; }

    /// <summary>What a person calls the job.</summary>
    public required string Title { get; init; }

    /// <summary>Where messages go.</summary>
    public required string Url { get; init; }

    /// <summary>Where the webhook stands as a whole, one of <see cref="WebhookStates"/>.</summary>
    public required string State { get; init; }

    /// <summary>How many messages are still to come.</summary>
    public long Pending { get; init; }

    /// <summary>How many the receiver has, of those that are kept.</summary>
    public long Delivered { get; init; }

    /// <summary>How many were given up, of those that are kept.</summary>
    public long Failed { get; init; }
}

/// <summary>Where a webhook stands as a whole.</summary>
internal static class WebhookStates
{
    /// <summary>There is something to come.</summary>
    public const string Active = "active";

    /// <summary>The receiver has all.</summary>
    public const string Delivered = "delivered";

    /// <summary>A message was given up.</summary>
    public const string Failed = "failed";

    /// <summary>The receiver wants no more.</summary>
    public const string Disabled = "disabled";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Active, Failed, Disabled, Delivered];

    /// <summary>The state that the parts make.</summary>
    public static string Of(bool isDisabled, bool isFollowing, bool hasPending, bool hasFailed) =>
        isDisabled ? Disabled : isFollowing || hasPending ? Active : hasFailed ? Failed : Delivered;
}

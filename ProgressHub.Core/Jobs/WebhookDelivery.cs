namespace ProgressHub.Core.Jobs;

/// <summary>One event on its way to a webhook's receiver.</summary>
internal sealed record WebhookDelivery
{
    /// <summary>The event's number.</summary>
    public required long Seq { get; init; }

    /// <summary>The event's type.</summary>
    public required string Type { get; init; }

    /// <summary>When the event happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Where it stands.</summary>
    public WebhookDeliveryState State { get; init; }

    /// <summary>When it is tried (again); null where it is not.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>How often it was tried.</summary>
    public int AttemptCount { get; init; }

    /// <summary>The last ten attempts, oldest first.</summary>
    public IReadOnlyList<WebhookAttempt> Attempts { get; init; } = [];
}

/// <summary>Where a delivery stands.</summary>
internal enum WebhookDeliveryState
{
    /// <summary>It will be tried, for the first time or again.</summary>
    Pending,

    /// <summary>The receiver has it.</summary>
    Delivered,

    /// <summary>It was given up.</summary>
    Failed,
}

/// <summary>One attempt to deliver.</summary>
/// <param name="At">When it began.</param>
/// <param name="Status">The HTTP status; null where none came.</param>
/// <param name="Error">What went wrong, for a person; null where the status says it all.</param>
/// <param name="DurationMs">How long it took, in milliseconds.</param>
/// <param name="ResponseBody">The beginning of the answer, as one line of text.</param>
internal sealed record WebhookAttempt(
    DateTimeOffset At, int? Status, string? Error, long DurationMs, string? ResponseBody);

/// <summary>What came of an attempt, to be kept.</summary>
/// <param name="Seq">The event's number.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="State">Where the delivery stands after it.</param>
/// <param name="NextAttemptAt">When it is tried again, while it is pending.</param>
/// <param name="Disables">Whether the receiver wants no more of anything.</param>
internal sealed record WebhookOutcome(
    long Seq, WebhookAttempt Attempt, WebhookDeliveryState State, DateTimeOffset? NextAttemptAt, bool Disables);

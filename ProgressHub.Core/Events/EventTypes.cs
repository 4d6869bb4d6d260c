namespace ProgressHub.Core.Events;

/// <summary>The types of events as they are called on the wire, in the store and in a webhook's list.</summary>
public static class EventTypes
{
    /// <summary><see cref="QueuedEvent"/>.</summary>
    public const string Queued = "queued";

    /// <summary><see cref="StartedEvent"/>.</summary>
    public const string Started = "started";

    /// <summary><see cref="StageEvent"/>.</summary>
    public const string Stage = "stage";

    /// <summary><see cref="ProgressEvent"/>.</summary>
    public const string Progress = "progress";

    /// <summary><see cref="LogEvent"/>.</summary>
    public const string Log = "log";

    /// <summary><see cref="PartialEvent"/>.</summary>
    public const string Partial = "partial";

    /// <summary><see cref="UsageEvent"/>.</summary>
    public const string Usage = "usage";

    /// <summary><see cref="InputRequiredEvent"/>.</summary>
    public const string InputRequired = "inputRequired";

    /// <summary><see cref="InputReceivedEvent"/>.</summary>
    public const string InputReceived = "inputReceived";

    /// <summary><see cref="RetryingEvent"/>.</summary>
    public const string Retrying = "retrying";

    /// <summary><see cref="CancelingEvent"/>.</summary>
    public const string Canceling = "canceling";

    /// <summary><see cref="TagsEvent"/>.</summary>
    public const string Tags = "tags";

    /// <summary><see cref="DoneEvent"/>.</summary>
    public const string Done = "done";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Queued, Started, Stage, Progress, Log, Partial, Usage, InputRequired, InputReceived, Retrying, Canceling, Tags, Done];
}

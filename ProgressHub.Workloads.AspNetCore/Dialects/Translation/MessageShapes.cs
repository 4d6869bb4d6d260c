using System.Text.Json.Serialization;

namespace ProgressHub.Workloads.AspNetCore.Dialects.Translation;

/// <summary>Where a translation stands.</summary>
/// <param name="Success">True: the question is answered, whatever became of the translation.</param>
/// <param name="Id">The message, which is the job.</param>
/// <param name="Status">How far it is.</param>
internal sealed record Message(bool Success, string Id, MessageStatus Status)
{
    /// <summary>The id once more, under the name it has beside partial results.</summary>
    public string MessageId => Id;

    /// <summary><see cref="MessageStatus.Progress"/> once more, for clients that look for it here.</summary>
    [JsonConverter(typeof(WithDecimalsConverter))]
    public double Progress => Status.Progress;

    /// <summary>After the end: the whole translation, where there is one; the source stands in it for what failed.</summary>
    public string? Content { get; init; }

    /// <summary>Of a translation that failed: why.</summary>
    public MessageError? Error { get; init; }
}

/// <summary>How far a translation is.</summary>
/// <param name="Progress">Percent, a whole number; 100 exactly when all is translated.</param>
/// <param name="StatusType"><c>queued</c>, <c>started</c>, <c>completed</c>, <c>failed</c> or <c>canceled</c>.</param>
/// <param name="Text">The same for a person.</param>
internal sealed record MessageStatus(
    [property: JsonConverter(typeof(WithDecimalsConverter))] double Progress,
    string StatusType,
    [property: JsonPropertyName("message")] string Text);

/// <summary>What is translated so far.</summary>
internal sealed record MessagePartials
{
    /// <summary>False only once they have expired.</summary>
    public required bool Success { get; init; }

    /// <summary>The message.</summary>
    public required string MessageId { get; init; }

    /// <summary>The text of each batch that is translated, by its number from 0, in the order of the text.</summary>
    public required IReadOnlyDictionary<int, string> PartialResults { get; init; }

    /// <summary>Why each batch failed that did, by its number. They hold up no other.</summary>
    public required IReadOnlyDictionary<int, string> FailedBatches { get; init; }

    /// <summary>How many batches are translated.</summary>
    public required int CompletedBatches { get; init; }

    /// <summary>How many there are; 0 until the text is cut.</summary>
    public required int TotalBatches { get; init; }

    /// <summary>The share of the batches that are translated, in whole percent, rounded down.</summary>
    public required int CompletionPercentage { get; init; }

    /// <summary><c>in_progress</c>, <c>completed</c>, <c>failed</c>, <c>canceled</c> or <c>expired</c>.</summary>
    public required string Status { get; init; }

    /// <summary>When the last batch ended, or the message came where none has: seconds since 1970.</summary>
    [JsonConverter(typeof(WithDecimalsConverter))]
    public required double LastUpdated { get; init; }

    /// <summary>Of a translation that failed, or of results that expired: why.</summary>
    public MessageError? Error { get; init; }
}

/// <summary>A request that is refused.</summary>
/// <param name="Success">False.</param>
/// <param name="Error">Why.</param>
internal sealed record MessageRefusal(bool Success, MessageError Error);

/// <summary>What went wrong.</summary>
/// <param name="Code">A stable identifier.</param>
/// <param name="Message">What happened and what to do, for a person.</param>
internal sealed record MessageError(string Code, string Message)
{
    /// <summary>The property of the request that is at fault.</summary>
    public string? Property { get; init; }
}

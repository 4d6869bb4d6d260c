using System.Text.Json.Nodes;

namespace ProgressHub.Client.Jobs;

/// <summary>What is asked of the server.</summary>
/// <param name="Kind">The workload, such as <c>translation</c>.</param>
/// <param name="Input">What it takes, as JSON.</param>
public sealed record JobSubmission(string Kind, JsonNode? Input = null)
{
    /// <summary>Up to 200 characters; the workload makes one where it is missing.</summary>
    public string? Title { get; init; }

    /// <summary>Up to 20, to find the job by.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>
    /// Makes the submission safe to send again: the same key and content are the same job. Without one the client makes
    /// one, for its own retries.
    /// </summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string? IdempotencyKey { get; init; }
}

/// <summary>What the server answered to a submission.</summary>
internal sealed record SubmissionReceipt(string JobId, string? WriteToken);

/// <summary>Which jobs to list.</summary>
public sealed record JobQuery
{
    /// <summary>Those of a workload.</summary>
    public string? Kind { get; init; }

    /// <summary>Those in a state.</summary>
    public JobState? State { get; init; }

    /// <summary>Those with a tag.</summary>
    public string? Tag { get; init; }

    /// <summary>Those with a text in their title.</summary>
    public string? Text { get; init; }

    /// <summary>How many to ask for at a time.</summary>
    public int PageSize { get; init; } = 50;
}

/// <summary>A page of a list.</summary>
internal sealed record JobPage(IReadOnlyList<JobSnapshot> Jobs, string? Next);

/// <summary>What a retry does again.</summary>
public enum RetryScope
{
    /// <summary>Everything.</summary>
    All,

    /// <summary>Only what failed; the rest is taken over.</summary>
    FailedItems,
}

/// <summary>The body of a retry.</summary>
internal sealed record RetryRequest(string Scope);

/// <summary>The body of an answer.</summary>
internal sealed record AnswerRequest(string RequestId, string Answer);

internal sealed record TagsRequest(IReadOnlyList<string> Add, IReadOnlyList<string> Remove);

using System.Text.Json;
using System.Text.Json.Serialization;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Jobs;

/// <summary>A job to do.</summary>
internal sealed record JobSubmission
{
    /// <summary>The workload, such as <c>translation</c>; <c>GET /api/workloads</c> lists them.</summary>
    public required string Kind { get; init; }

    /// <summary>What to call it, up to 200 characters; where it is missing the workload makes a title.</summary>
    public string? Title { get; init; }

    /// <summary>The workload's input, an object in the shape of its <c>inputSchema</c>.</summary>
    public required JsonElement Input { get; init; }

    /// <summary>Words to find it by: up to 20, of up to 50 characters.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>
    /// The job's id, 128 random bits of the submitter's choice, so that the job can be watched while a form's file is
    /// still on its way; one of the server's where it is missing.
    /// </summary>
    public JobId? JobId { get; init; }

    /// <summary>Whom to tell of the job's events.</summary>
    public WebhookSubmission? Webhook { get; init; }
}

/// <summary>Whom to tell of a job's events, by signed messages (Standard Webhooks 1.0).</summary>
internal sealed record WebhookSubmission
{
    /// <summary>An absolute http or https address, up to 2,048 characters, without user and password.</summary>
    public required string Url { get; init; }

    /// <summary>The types of events; <c>["done"]</c> where it is missing.</summary>
    public IReadOnlyList<string>? Events { get; init; }

    /// <summary>
    /// What signs the messages: <c>whsec_</c> and 24 to 64 bytes in base64. Where it is missing one is made, and told in
    /// the answer, once.
    /// </summary>
    public string? Secret { get; init; }

    /// <summary>The same in the words of the engine.</summary>
    public WebhookRequest ToRequest() => new(Url, Events, Secret);
}

/// <summary>Which part of a finished job to do again.</summary>
/// <param name="Scope">What is done again.</param>
internal sealed record RetryRequest(RetryScopeName Scope = RetryScopeName.All);

/// <summary>What a retry does again.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RetryScopeName>))]
internal enum RetryScopeName
{
    /// <summary>Everything.</summary>
    [JsonStringEnumMemberName("all")] All,

    /// <summary>Only the pieces that failed; what is well is taken over.</summary>
    [JsonStringEnumMemberName("failed-items")] FailedItems,
}

/// <summary>An answer to the question a job waits with.</summary>
internal sealed record AnswerRequest
{
    /// <summary>The longest answer, in UTF-16 units.</summary>
    public const int MaxAnswer = 2000;

    /// <summary>The question: <c>pendingInput.requestId</c> of the snapshot.</summary>
    public required string RequestId { get; init; }

    /// <summary>The answer: one of the question's options where it has some, else any text up to 2,000 characters.</summary>
    public required string Answer { get; init; }
}

/// <summary>Tags to give to a job and to take from it.</summary>
internal sealed record TagsRequest
{
    /// <summary>Tags it is to have, of 1 to 50 characters each; one that it has already changes nothing.</summary>
    public IReadOnlyList<string>? Add { get; init; }

    /// <summary>Tags it is not to have; one that it has not changes nothing.</summary>
    public IReadOnlyList<string>? Remove { get; init; }
}

/// <summary>A textual result inside JSON, for those who ask for <c>application/json</c>.</summary>
/// <param name="JobId">The job.</param>
/// <param name="State">Where the job stands.</param>
/// <param name="Complete">Whether this is the whole result; false for what there is so far.</param>
/// <param name="ContentType">The media type of the text.</param>
/// <param name="FileName">What to save it as.</param>
/// <param name="Text">The result.</param>
internal sealed record TextResult(
    JobId JobId, JobState State, bool Complete, string ContentType, string FileName, string Text);

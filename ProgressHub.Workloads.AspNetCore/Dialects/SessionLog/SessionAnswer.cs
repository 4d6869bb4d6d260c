using System.Text.Json;
using System.Text.Json.Serialization;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Workloads.AspNetCore.Dialects.SessionLog;

/// <summary>What a request is answered with: an answer, a question back, or that the work goes on.</summary>
internal sealed record SessionAnswer
{
    /// <summary>Whether it went well so far.</summary>
    public bool Success { get; init; } = true;

    /// <summary><c>completed</c>, <c>needs_confirmation</c>, <c>accepted</c> or <c>not_understood</c>.</summary>
    public required string Status { get; init; }

    /// <summary>The session, as its client calls it.</summary>
    [JsonPropertyName("session_id")]
    public required string SessionId { get; init; }

    /// <summary>The job, which <c>/api/jobs/{id}</c> knows too.</summary>
    [JsonPropertyName("job_id")]
    public required JobId JobId { get; init; }

    /// <summary>What was asked; with <c>needs_confirmation</c>, what is asked back.</summary>
    public string? Question { get; init; }

    /// <summary>With <c>needs_confirmation</c>: names the question in its answer.</summary>
    [JsonPropertyName("request_id")]
    public string? RequestId { get; init; }

    /// <summary>With <c>needs_confirmation</c>: what may be answered.</summary>
    public IReadOnlyList<string>? Options { get; init; }

    /// <summary>The answer in words.</summary>
    public string? Answer { get; init; }

    /// <summary>With <c>not_understood</c>: that the question is not specific enough.</summary>
    public string? Error { get; init; }

    /// <summary>With <c>not_understood</c>: <c>query_not_specific</c>.</summary>
    public string? Code { get; init; }

    /// <summary>What the query does, in words.</summary>
    public string? Plan { get; init; }

    /// <summary>The query that was run.</summary>
    public string? Sql { get; init; }

    /// <summary>The columns of the rows: <c>name</c> and <c>type</c>.</summary>
    public JsonElement? Columns { get; init; }

    /// <summary>The rows, each an array; the first thousand.</summary>
    public JsonElement? Rows { get; init; }

    /// <summary>How many rows there are in the job's result.</summary>
    [JsonPropertyName("row_count")]
    public int? RowCount { get; init; }

    /// <summary>Whether there are more rows than these.</summary>
    public bool? Truncated { get; init; }

    /// <summary>How to draw it; missing where a table says it best.</summary>
    public JsonElement? Chart { get; init; }

    /// <summary>Whether an earlier answer to the same question was taken.</summary>
    public bool? Cached { get; init; }

    /// <summary>Who planned the query.</summary>
    public string? Engine { get; init; }

    /// <summary>What to keep in mind.</summary>
    public JsonElement? Warnings { get; init; }

    /// <summary>Earlier questions that are like this one.</summary>
    public JsonElement? Similar { get; init; }

    /// <summary>Questions that would be understood.</summary>
    public JsonElement? Examples { get; init; }

    /// <summary>Where the session's log is told live.</summary>
    [JsonPropertyName("progress_url")]
    public string? ProgressUrl { get; init; }

    /// <summary>Where the whole result is, or will be.</summary>
    [JsonPropertyName("result_url")]
    public string? ResultUrl { get; init; }

    /// <summary>The job's webhook, with its secret, which is told once.</summary>
    public WebhookReceipt? Webhook { get; init; }
}

/// <summary>What a request is refused with, or how its work failed.</summary>
/// <param name="Error">What happened and what to do about it, for a person.</param>
/// <param name="Code">A stable identifier for programs.</param>
internal sealed record SessionFailure(string Error, string Code)
{
    /// <summary>It did not go well.</summary>
    public bool Success { get; }

    /// <summary>What of the request is at fault.</summary>
    public string? Property { get; init; }

    /// <summary>Where the job stands: <c>failed</c>, <c>canceled</c>, or as the engine calls it.</summary>
    public string? Status { get; init; }

    /// <summary>The session, where one was found.</summary>
    [JsonPropertyName("session_id")]
    public string? SessionId { get; init; }

    /// <summary>The job, where there is one.</summary>
    [JsonPropertyName("job_id")]
    public JobId? JobId { get; init; }
}

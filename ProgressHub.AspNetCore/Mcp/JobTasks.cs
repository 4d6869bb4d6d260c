using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Mcp;

/// <summary>
/// A job as a task. A task <em>is</em> a job, under its id: it is on disk before its client hears of it, and it outlives
/// the connection, the session and the server. A failed job is a completed task whose result is an error, as the extension
/// wants it: <c>failed</c> is for a call that got no result.
/// </summary>
internal sealed class JobTasks(CallResults results, IOptions<ExecutionOptions> execution)
{
    /// <summary>The extension.</summary>
    public const string Extension = "io.modelcontextprotocol/tasks";

    /// <summary>What a result is that says that there is a task.</summary>
    public const string ResultType = "task";

    private const string Complete = "complete";
    private const long SoonMs = 500;
    private const long LateMs = 5_000;
    private const long AskedMs = 2_000;

    /// <summary>In which state of a task a job is.</summary>
    public static string StatusOf(JobSnapshot job) => job switch
    {
        { PendingInput: not null } => "input_required",
        { State: JobState.Succeeded or JobState.Failed } => "completed",
        { State: JobState.Canceled } => "cancelled",
        _ => "working",
    };

    /// <summary>The task that a call is answered with.</summary>
    public static TaskView Created(JobSnapshot job) => View(job, ResultType, ttlMs: null, questions: null, result: null);

    /// <summary>A task with all that its state brings: the question it waits with, or its result.</summary>
    public async Task<TaskView> ReadAsync(JobSnapshot job, string owner, CancellationToken cancellationToken)
    {
        JsonElement? result = null;
        if (StatusOf(job) == "completed")
        {
            var answer = await results.OfAsync(job, owner, cancellationToken);
            answer.ResultType = Complete;
            result = Json(answer);
        }

        Dictionary<string, JsonElement>? questions = job.PendingInput is { } asked
            ? new() { [asked.RequestId] = Json(InputRequest.ForElicitation(Questions.ToElicitation(asked))) }
            : null;
        return View(job, Complete, TtlMs(job), questions, result);
    }

    private static TaskView View(
        JobSnapshot job, string resultType, long? ttlMs, IReadOnlyDictionary<string, JsonElement>? questions, JsonElement? result) => new()
    {
        ResultType = resultType,
        TaskId = job.JobId.ToString(),
        Status = StatusOf(job),
        StatusMessage = job.Error?.Message ?? ProgressSteps.Words(job),
        CreatedAt = Iso(job.CreatedAt),
        LastUpdatedAt = Iso(job.FinishedAt ?? job.StartedAt?.AddMilliseconds(job.ElapsedMs) ?? job.CreatedAt),
        TtlMs = ttlMs,
        PollIntervalMs = job.IsFinal ? null : PollMs(job),
        InputRequests = questions,
        Result = result,
    };

    // A tenth of what is left: who asks again then is told little late, and long jobs are not asked all the time.
    private static long PollMs(JobSnapshot job) => job.PendingInput is not null
        ? AskedMs
        : Math.Clamp((job.Eta?.P50Ms ?? 0) / 10, SoonMs, LateMs);

    // Nobody knows how long a job still takes, and it is kept for as long as it takes.
    private long? TtlMs(JobSnapshot job) => job.FinishedAt is { } finished
        ? (long)(finished + execution.Value.RetentionByKind.GetValueOrDefault(job.Kind, execution.Value.Retention) - job.CreatedAt).TotalMilliseconds
        : null;

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value, McpJsonUtilities.DefaultOptions);

    private static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

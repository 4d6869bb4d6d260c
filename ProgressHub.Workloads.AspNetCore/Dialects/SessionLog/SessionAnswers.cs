using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using ProgressHub.AspNetCore.Http;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Workloads.AspNetCore.Dialects.SessionLog;

/// <summary>Makes of a job's state, and its result, what a request is answered with.</summary>
internal sealed class SessionAnswers(IOptions<SessionLogOptions> options)
{
    private const string NotSpecific = "query_not_specific";

    /// <summary>The job goes on; where to hear of it.</summary>
    public static IResult Accepted(string session, JobId job, WebhookReceipt? webhook) => TypedResults.Json(
        new SessionAnswer
        {
            Status = "accepted", SessionId = session, JobId = job, Webhook = webhook,
            ProgressUrl = $"/api/progress/{Uri.EscapeDataString(session)}", ResultUrl = JobUrls.Result(job),
        },
        SessionLogJson.Readable.SessionAnswer, statusCode: StatusCodes.Status202Accepted);

    /// <summary>The job waits for its asker to say what is meant.</summary>
    public static IResult Waiting(string session, JobSnapshot job, WebhookReceipt? webhook)
    {
        var asked = job.PendingInput!;
        return Ok(new SessionAnswer
        {
            Status = "needs_confirmation", SessionId = session, JobId = job.JobId, RequestId = asked.RequestId,
            Question = asked.Question, Options = asked.Options, Webhook = webhook,
        });
    }

    /// <summary>The job failed or was canceled.</summary>
    public static IResult Failed(string session, JobSnapshot job)
    {
        var error = job.Error ?? new JobError(job.State.Name(), job.State == JobState.Canceled ? "Analysis canceled" : "Analysis failed");
        return Failure(StatusOf(job, error.Code), new SessionFailure(error.Message, error.Code)
        {
            Status = job.State.Name(), SessionId = session, JobId = job.JobId,
        });
    }

    /// <summary>Why nothing came of it.</summary>
    public static IResult Failure(int status, SessionFailure failure) =>
        TypedResults.Json(failure, SessionLogJson.Readable.SessionFailure, statusCode: status);

    /// <summary>The result of a job that succeeded.</summary>
    public IResult Done(string session, JobSnapshot job, ResultDocument result, WebhookReceipt? webhook)
    {
        var found = JsonText.Read(result.Body.Span, HttpJson.Default.JsonElement);
        var understood = found.GetProperty("understood").GetBoolean();
        var rows = found.GetProperty("rows");
        var count = rows.GetArrayLength();
        var chart = found.GetProperty("chart");
        var answer = new SessionAnswer
        {
            Success = understood,
            Status = understood ? "completed" : "not_understood",
            Error = understood ? null : "Query not specific enough",
            Code = understood ? null : NotSpecific,
            SessionId = session,
            JobId = job.JobId,
            Question = found.GetProperty("question").GetString(),
            Answer = found.GetProperty("text").GetString(),
            Plan = Text(found, "explanation"),
            Sql = Text(found, "sql"),
            Columns = found.GetProperty("columns"),
            Rows = count <= options.Value.MaxRows ? rows : Cut(rows, options.Value.MaxRows),
            RowCount = count,
            Truncated = count > options.Value.MaxRows || found.GetProperty("truncated").GetBoolean(),
            Chart = chart.GetProperty("type").GetString() == "table" ? null : chart,
            Cached = found.GetProperty("cached").GetBoolean(),
            Engine = Text(found, "engine"),
            Warnings = found.GetProperty("warnings"),
            Similar = found.GetProperty("similar"),
            Examples = understood ? null : found.GetProperty("examples"),
            ResultUrl = JobUrls.Result(job.JobId),
            Webhook = webhook,
        };
        return understood
            ? Ok(answer)
            : TypedResults.Json(answer, SessionLogJson.Readable.SessionAnswer, statusCode: StatusCodes.Status422UnprocessableEntity);
    }

    private static JsonHttpResult<SessionAnswer> Ok(SessionAnswer answer) => TypedResults.Json(answer, SessionLogJson.Readable.SessionAnswer);

    private static string? Text(JsonElement found, string name) => found.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static JsonElement Cut(JsonElement rows, int most)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            foreach (var row in rows.EnumerateArray().Take(most))
                row.WriteTo(writer);
            writer.WriteEndArray();
        }

        return JsonText.Read(stream.GetBuffer().AsSpan(0, (int)stream.Length), HttpJson.Default.JsonElement);
    }

    // What its asker can change is 422; what is the server's or the engine's is not.
    private static int StatusOf(JobSnapshot job, string code) => code switch
    {
        _ when job.State == JobState.Canceled => StatusCodes.Status409Conflict,
        "internal_error" => StatusCodes.Status500InternalServerError,
        "data_gone" => StatusCodes.Status410Gone,
        "engine_unavailable" or "engine_busy" or "storage_unavailable" or "table_unavailable" or "context_unavailable" => StatusCodes.Status503ServiceUnavailable,
        _ when code.StartsWith("engine_", StringComparison.Ordinal) => StatusCodes.Status502BadGateway,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}

using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Quotas;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Webhooks;
using ProgressHub.Core.Workloads;

namespace ProgressHub.AspNetCore.Problems;

/// <summary>
/// Which problem an exception, or a bare status, is. 400 is for what can't be read, 422 for what was read and is not
/// acceptable to the workload, 409 for what does not fit the job's state.
/// </summary>
internal static class ProblemMapping
{
    private const string Kestrel = "Microsoft.AspNetCore.Server.Kestrel.Core";
    private static readonly TimeSpan StoreRetry = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan QueueRetry = TimeSpan.FromSeconds(10);

    /// <summary>There is no such job, or it is somebody else's.</summary>
    public static Problem NoJob { get; } =
        Problem.Of(StatusCodes.Status404NotFound, "job_not_found", "There is no such job.");

    /// <summary>The job is gone: deleted, or its time was over.</summary>
    public static Problem Purged { get; } =
        Problem.Of(StatusCodes.Status410Gone, "job_purged", "The job was deleted, or its time was over.");

    /// <summary>The problem of an exception.</summary>
    public static Problem Of(Exception failure, HttpContext context) => OfRefusal(failure) ?? (failure is BadHttpRequestException bad
        ? OfBadRequest(bad, context)
        : Problem.Of(
            StatusCodes.Status500InternalServerError, "internal_error",
            "The server failed; its log says why, under this traceId."));

    /// <summary>The problem of an exception that tells its caller what is wrong; null for any other.</summary>
    public static Problem? OfRefusal(Exception failure) => failure switch
    {
        RefusedException e => e.Problem,
        WorkloadException e => OfWorkload(e),
        InvalidWebhookException e => Problem.Of(
            StatusCodes.Status422UnprocessableEntity, e.Code, e.Message, e.Property),
        UploadException e => OfUpload(e),
        JobConflictException e => Problem.Of(StatusCodes.Status409Conflict, e.Code, e.Message),
        EventsGoneException => Purged,
        StorageUnavailableException => Problem.Of(
            StatusCodes.Status503ServiceUnavailable, "storage_unavailable",
            "The server can't write now; nothing was changed. Try again later.") with { RetryAfter = StoreRetry },
        StorageDamagedException e => Problem.Of(StatusCodes.Status500InternalServerError, StorageDamagedException.Code, e.Message),

        // A body that is not in the form of its transfer: the server throws some of it as plain I/O.
        IOException { Source: Kestrel } and not BadHttpRequestException => Of(StatusCodes.Status400BadRequest),
        _ => null,
    };

    /// <summary>The problem of a response that has a status and nothing else.</summary>
    public static Problem Of(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => Problem.Of(status, "unauthenticated", "Say who you are."),
        StatusCodes.Status403Forbidden => Problem.Of(status, "forbidden", "You may not do this."),
        StatusCodes.Status404NotFound => Problem.Of(status, "not_found", "There is nothing at this address."),
        StatusCodes.Status405MethodNotAllowed => Problem.Of(
            status, "method_not_allowed", "This address does not take that method; the Allow header lists those it takes."),
        StatusCodes.Status413PayloadTooLarge => Problem.Of(status, "body_too_large", "The body is larger than this server takes."),
        StatusCodes.Status415UnsupportedMediaType => Problem.Of(
            status, "unsupported_media_type", "The body's Content-Type is not one this address takes."),
        >= StatusCodes.Status500InternalServerError => Problem.Of(status, "internal_error", "The server failed."),
        _ => Problem.Of(status, "bad_request", "The request can't be read."),
    };

    private static Problem OfWorkload(WorkloadException failure)
    {
        var (status, wait) = failure switch
        {
            { Code: "queue_full" } => (StatusCodes.Status429TooManyRequests, failure.RetryAfter ?? QueueRetry),
            { Code: var code } when code.StartsWith(QuotaRefusal.Prefix, StringComparison.Ordinal) =>
                (failure.RetryAfter is null ? StatusCodes.Status403Forbidden : StatusCodes.Status429TooManyRequests, failure.RetryAfter),
            { IsTransient: true } => (StatusCodes.Status503ServiceUnavailable, failure.RetryAfter ?? StoreRetry),
            _ => (StatusCodes.Status422UnprocessableEntity, failure.RetryAfter),
        };
        return Problem.Of(status, failure.Code, failure.Message, failure.Property) with { RetryAfter = wait };
    }

    private static Problem OfUpload(UploadException failure)
    {
        var status = failure.Code switch
        {
            UploadException.TooLarge => StatusCodes.Status413PayloadTooLarge,
            UploadException.Empty => StatusCodes.Status422UnprocessableEntity,
            UploadException.StorageFull or UploadException.DiskFull => StatusCodes.Status507InsufficientStorage,
            QuotaRefusal.Storage => StatusCodes.Status403Forbidden,
            UploadException.TooMany => StatusCodes.Status429TooManyRequests,
            UploadException.NotFound => StatusCodes.Status404NotFound,
            _ => StatusCodes.Status409Conflict,
        };
        return Problem.Of(status, failure.Code, failure.Message) with
        {
            RetryAfter = status == StatusCodes.Status429TooManyRequests ? QueueRetry : null,
        };
    }

    private static Problem OfBadRequest(BadHttpRequestException failure, HttpContext context)
    {
        if (failure.StatusCode != StatusCodes.Status400BadRequest)
            return Of(failure.StatusCode);

        // The framework says it in prose alone: Failed to bind parameter "int? limit" from "abc".
        var parameter = failure.Message.Split('"') is [_, var declaration, _, ..] ? declaration.Split(' ')[^1] : null;
        return parameter switch
        {
            null => Of(failure.StatusCode),
            _ when context.GetRouteValue("id") is string id && !JobId.TryParse(id, null, out _) => NoJob,
            _ => Problem.Of(failure.StatusCode, "invalid_parameter", $"The parameter '{parameter}' is not valid.", parameter),
        };
    }
}

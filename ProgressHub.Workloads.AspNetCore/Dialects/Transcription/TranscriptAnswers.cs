using System.Globalization;
using Microsoft.Extensions.Options;
using ProgressHub.AspNetCore.Dialects;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.AspNetCore.Dialects.Transcription;

/// <summary>Whose transcript is answered, and how.</summary>
internal sealed record TranscriptOrder(ChosenId Id, string Owner, TranscriptionFields Fields, bool IsOpenAI);

/// <summary>
/// Answers with a transcript once it is there. The headers go out before the work, so that whoever did not choose the job's
/// id can follow it by that of the header: once the recording is found to be one, or after a short while. What fails before
/// is answered with its status; what fails after is told in the body, and the connection is cut, so that no client takes it
/// for a result.
/// </summary>
internal sealed class TranscriptAnswers(
    JobService jobs, WorkloadCatalog workloads, IOptions<TranscriptionDialectOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Sending = TimeSpan.FromMilliseconds(250);

    public async Task WriteAsync(
        HttpContext context, TranscriptOrder order, WatcherLease admitted, CancellationToken cancellationToken)
    {
        var shape = order.IsOpenAI ? TranscriptionShape.OpenAI : TranscriptionShape.Plain;
        var snapshot = await UntilAtWorkAsync(order, admitted, cancellationToken);
        if (snapshot is { IsFinal: false })
        {
            var response = context.Response;
            response.ContentType = TranscriptBodies.TypeOf(order);
            response.Headers.CacheControl = "no-store";
            await response.StartAsync(cancellationToken);
            await response.Body.FlushAsync(cancellationToken);
            snapshot = await jobs.UntilAsync(admitted, order.Id.Job, order.Owner, static _ => false, cancellationToken);
        }

        if (snapshot is { State: JobState.Succeeded }
            && await jobs.ReadResultAsync(order.Id.Job, order.Owner, soFar: false, cancellationToken) is { } result)
        {
            context.Response.ContentType ??= TranscriptBodies.TypeOf(order);
            await context.Response.BodyWriter.WriteAsync(
                TranscriptBodies.Write(result, order, snapshot, workloads.Get(TranscriptionDialect.Kind)), cancellationToken);
            return;
        }

        await RefuseAsync(context, shape, Failure(snapshot), order.Id.Text);
    }

    /// <summary>Says what went wrong; in the body alone where the headers have gone, whose connection then is cut.</summary>
    public async Task RefuseAsync(HttpContext context, TranscriptionShape shape, Problem problem, string? job)
    {
        problem = shape.Fit(problem);
        var body = shape.Serialize(problem, job);
        var response = context.Response;
        if (response.HasStarted)
        {
            await response.BodyWriter.WriteAsync(body, context.RequestAborted);
            await response.BodyWriter.FlushAsync(context.RequestAborted);

            // Cutting takes back what the socket has not sent yet.
            await Task.Delay(Sending, time, context.RequestAborted);
            context.Abort();
            return;
        }

        response.StatusCode = problem.Status;
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        if (problem.RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

        // OpenAI's clients try again after 409 and 5xx; what a job has failed of it would fail of again.
        if (job is not null)
            response.Headers["x-should-retry"] = "false";
        await response.BodyWriter.WriteAsync(body, context.RequestAborted);
    }

    private async Task<JobSnapshot?> UntilAtWorkAsync(TranscriptOrder order, WatcherLease admitted, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(options.Value.HeadersWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await jobs.UntilAsync(
                admitted, order.Id.Job, order.Owner, static job => job.Stage is "transcribing" or "completed", either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return await jobs.FindAsync(order.Id.Job, order.Owner, cancellationToken);
        }
    }

    private static Problem Failure(JobSnapshot? snapshot)
    {
        if (snapshot is null)
            return ProblemMapping.Purged;
        if (snapshot.State == JobState.Canceled)
            return Problem.Of(StatusCodes.Status409Conflict, "canceled", "The transcription was canceled.");
        var (code, message) = snapshot.Error is { } error ? (error.Code, error.Message) : ("no_result", "There is no result.");
        var status = code switch
        {
            "not_audio" => StatusCodes.Status415UnsupportedMediaType,
            "empty_audio" or "audio_too_long" or "audio_failed" or "unsupported_language" or "unsupported_option" or "invalid_input"
                or "model_not_found" => StatusCodes.Status422UnprocessableEntity,
            "engine_unavailable" or "ffmpeg_missing" or "disk_full" => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status500InternalServerError,
        };
        return Problem.Of(status, code, message, status < 500 ? "file" : null);
    }
}

using System.Globalization;
using Microsoft.Extensions.Options;
using ProgressHub.AspNetCore.Dialects;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.AspNetCore.Snapshots;
using ProgressHub.AspNetCore.Streaming;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;

namespace ProgressHub.Workloads.AspNetCore.Dialects.Transcription;

/// <summary>Tells how far a transcription is: once, or as it goes on. Some minutes after its end that is over.</summary>
internal sealed class ProgressEndpoints(
    JobService jobs, DialectStreams streams, StreamGate gate, IOptions<TranscriptionDialectOptions> options, TimeProvider time,
    IHostApplicationLifetime server)
{
    // Well below the 500 ms that clients were promised.
    private static readonly TimeSpan Repeat = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>The present state, or 404.</summary>
    public async Task<IResult> GetAsync(HttpContext context, string id)
    {
        var owner = context.User.Owner();
        var (job, chosen) = await FindAsync(id, owner, context.RequestAborted);
        if (job is null || IsOver(job))
            return new ProblemResult(Absent(job));
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(
            ProgressProjection.Of(SnapshotNow.Of(job, time.GetUtcNow()), chosen.Text), TranscriptionJson.Wire.ProgressView);
    }

    /// <summary>The state now, and each later one; waits a little for a job that is not there yet.</summary>
    public async Task StreamAsync(HttpContext context, string id)
    {
        var owner = context.User.Owner();
        var (job, chosen) = await FindAsync(id, owner, context.RequestAborted);
        if (job is null && chosen != default)
        {
            using var lease = gate.Enter(owner, chosen.Job);
            job = await WaitAsync(chosen, owner, context.RequestAborted);
        }

        if (job is null || IsOver(job))
        {
            await Absent(job).WriteAsync(context);
            return;
        }

        await streams.RunAsync(
            context, new DialectStreamOptions(chosen.Job, TranscriptionDialect.Kind) { Repeat = Repeat }, new ProgressProjection(chosen.Text));
    }

    private async Task<(JobSnapshot? Job, ChosenId Id)> FindAsync(string id, string owner, CancellationToken cancellationToken)
    {
        if (ChosenId.Find(id, owner) is not { } chosen)
            return (null, default);
        var job = await jobs.FindAsync(chosen.Job, owner, cancellationToken);
        return (job?.Kind == TranscriptionDialect.Kind ? job : null, chosen);
    }

    private async Task<JobSnapshot?> WaitAsync(ChosenId id, string owner, CancellationToken aborted)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(aborted, server.ApplicationStopping);
        var begun = time.GetTimestamp();
        try
        {
            while (time.GetElapsedTime(begun) < options.Value.StreamWaits)
            {
                await Task.Delay(Look, time, ended.Token);
                if (await jobs.FindAsync(id.Job, owner, ended.Token) is { } job && job.Kind == TranscriptionDialect.Kind)
                    return job;
            }
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            // The server stops: there is no such job as far as it got.
        }

        return null;
    }

    private bool IsOver(JobSnapshot job) => job.FinishedAt is { } end && time.GetUtcNow() - end >= options.Value.ProgressKept;

    private Problem Absent(JobSnapshot? job) => job is null
        ? Problem.Of(StatusCodes.Status404NotFound, "job_not_found", "There is no transcription of that job_id.")
        : Problem.Of(
            StatusCodes.Status404NotFound, "progress_gone",
            string.Create(CultureInfo.InvariantCulture, $"The transcription ended more than {options.Value.ProgressKept:g} ago, and its progress is no longer told; the job is at {JobUrls.Self(job.JobId)}."));
}

using ProgressHub.AspNetCore.Dialects;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.AspNetCore.Snapshots;
using ProgressHub.AspNetCore.Streaming;
using ProgressHub.Core.Events;

namespace ProgressHub.Workloads.AspNetCore.Dialects.Transcription;

/// <summary>Takes recordings, and answers each with its transcript, with a stream of it, or at once with where to ask.</summary>
internal sealed class TranscriptionEndpoint(
    TranscriptionIntakes intakes, DialectStreams streams, TranscriptAnswers answers, StreamGate gate, TimeProvider time,
    IHostApplicationLifetime server)
{
    /// <summary>Serves a request of either route.</summary>
    /// <param name="context">The request.</param>
    /// <param name="route">Which of them.</param>
    /// <param name="aborted">The client has gone.</param>
    public async Task RunAsync(HttpContext context, TranscriptionRoute route, CancellationToken aborted)
    {
        var isOpenAI = route != TranscriptionRoute.Plain;
        var shape = isOpenAI ? TranscriptionShape.OpenAI : TranscriptionShape.Plain;
        string? job = null;
        try
        {
            // A file may take its time; the server's stop does not wait for it.
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(aborted, server.ApplicationStopping);
            var prefers = context.Request.PrefersAsync();
            var waits = !prefers && !IsAsync(context.Request);
            var fields = new TranscriptionFields(route);
            var owner = context.User.Owner();

            // Before anything is taken: who is not let in has not submitted either.
            using var admitted = waits ? gate.Enter(owner, null) : null;
            var intake = intakes.Of(context, fields);
            var snapshot = await intake.RunAsync(ended.Token);
            var id = intake.Id!.Value;
            job = id.Text;
            if (prefers)
                context.Response.ApplyAsyncPreference();
            if (admitted is null)
                await AcceptAsync(context, snapshot, id);
            else if (fields.Streams)
            {
                // A stream counts by itself.
                admitted.Dispose();
                await streams.RunAsync(context, new DialectStreamOptions(id.Job, TranscriptionDialect.Kind) { Start = 0 }, new SpokenProjection(id.Text));
            }
            else
            {
                await answers.WriteAsync(context, new TranscriptOrder(id, owner, fields, isOpenAI), admitted, ended.Token);
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException && !context.Response.HasStarted)
        {
            var problem = ProblemMapping.Of(failure, context);
            if (problem.Status == StatusCodes.Status500InternalServerError)
                throw;
            await answers.RefuseAsync(context, shape, problem, job);
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested && server.ApplicationStopping.IsCancellationRequested)
        {
            // The server stops: the job goes on when it is back, and its client asks for its progress then.
            if (context.Response.HasStarted)
                context.Abort();
            else
                await answers.RefuseAsync(context, shape, Problem.Of(
                    StatusCodes.Status503ServiceUnavailable, "server_stopping", "The server stops; ask again in a moment."), job);
        }
    }

    private static bool IsAsync(HttpRequest request) => request.Query["async"].ToString().ToUpperInvariant() switch
    {
        "TRUE" or "1" => true,
        "" or "FALSE" or "0" => false,
        _ => throw Parameters.Refuse("invalid_parameter", "'async' is true or false.", "async"),
    };

    private async Task AcceptAsync(HttpContext context, JobSnapshot snapshot, ChosenId id)
    {
        var (status, progress, message, job) = ProgressProjection.Of(SnapshotNow.Of(snapshot, time.GetUtcNow()), id.Text);
        var path = $"/progress/{Uri.EscapeDataString(id.Text)}";
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.Headers.Location = path;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsJsonAsync(
            new AcceptedView(status, progress, message, job, path, $"{path}/stream", $"{JobUrls.Self(id.Job)}/result"),
            TranscriptionJson.Wire.AcceptedView, cancellationToken: context.RequestAborted);
    }
}

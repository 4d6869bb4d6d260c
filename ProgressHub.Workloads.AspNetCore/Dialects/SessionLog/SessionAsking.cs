using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ProgressHub.AspNetCore.Dialects;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Jobs;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.AspNetCore.Streaming;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Workloads.AspNetCore.Dialects.SessionLog;

/// <summary>
/// Asks a session and keeps the request open until there is an answer. Whoever goes away meanwhile cancels nothing (I10).
/// </summary>
internal sealed class SessionAsking(
    JobService jobs, SessionHistory history, SessionTables tables, SessionAnswers answers, StreamGate gate,
    IHostApplicationLifetime lifetime)
{
    public async Task<IResult> AskAsync(HttpContext context, SessionMode mode, bool? async)
    {
        var (request, owner, aborted) = (context.Request, context.User.Owner(), context.RequestAborted);
        var ask = await JsonBody.ReadAsync(request, SessionLogJson.Default.SessionAsk, aborted);
        var waits = async switch { { } said => !said, null => !request.PrefersAsync() };
        if (!waits && async is null)
            context.Response.ApplyAsyncPreference();
        using var lease = waits ? gate.Enter(owner, null) : null;
        return mode == SessionMode.Question && ask.Answer is { } answer
            ? await AnswerAsync(owner, ask, answer, lease, aborted)
            : await AskAsync(owner, ask, mode, IdempotencyKeyHeader.Read(request.Headers), lease, aborted);
    }

    private async Task<IResult> AskAsync(
        string owner, SessionAsk ask, SessionMode mode, string? key, WatcherLease? lease, CancellationToken aborted)
    {
        // The same key makes the same session, so that the request repeated is the same request.
        var name = ask.Session ?? (key is null ? JobId.New().ToString() : $"key-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..32]}");
        SessionHistory.RequireValid(name);
        _ = ask.ToInput(mode, name);
        var session = await tables.OpenAsync(owner, name, ask, aborted);
        var submission = await jobs.SubmitAsync(
            new JobRequest
            {
                Kind = SessionScope.Kind,
                Owner = owner,
                Input = JsonSerializer.SerializeToElement(ask.ToInput(mode, session.Id), SessionJobJson.Default.SessionJobInput),
                IdempotencyKey = key,
                Webhook = ask.Webhook?.ToRequest(),
            },
            aborted);
        var job = submission.Snapshot.JobId;
        return lease is not null
            ? await WaitAsync(lease, owner, name, job, null, submission.Webhook, aborted)
            : SessionAnswers.Accepted(name, job, submission.Webhook);
    }

    private async Task<IResult> AnswerAsync(string owner, SessionAsk ask, string answer, WatcherLease? lease, CancellationToken aborted)
    {
        if (ask.Session is not { } name)
            throw new RefusedException(StatusCodes.Status400BadRequest, "invalid_body", "'session_id' is missing: whose question is answered.", "session_id");
        if (answer.Length > AnswerRequest.MaxAnswer)
            throw new RefusedException(StatusCodes.Status422UnprocessableEntity, "answer_too_long", $"An answer has at most {AnswerRequest.MaxAnswer} characters.", "answer");
        var scope = await history.FindAsync(owner, name, aborted);
        if (scope.Session is null)
            throw new RefusedException(StatusCodes.Status404NotFound, "session_not_found", "There is no such session.", "session_id");
        var asking = await jobs.ListAsync(
            new JobQuery { Owner = owner, Kind = SessionScope.Kind, Tag = scope.Tag, States = [JobState.WaitingForInput] }, aborted);
        if (asking.Items.FirstOrDefault(j => ask.RequestId is not { } wanted || j.PendingInput?.RequestId == wanted) is not { PendingInput: { } pending } job)
        {
            throw asking.Items.Count == 0
                ? new RefusedException(StatusCodes.Status409Conflict, "no_pending_input", "No question of this session waits for an answer.")
                : new RefusedException(StatusCodes.Status409Conflict, "wrong_request", "No question of this session waits for an answer to that.", "request_id");
        }

        await jobs.AnswerAsync(job.JobId, owner, pending.RequestId, answer, aborted);
        return lease is not null
            ? await WaitAsync(lease, owner, name, job.JobId, pending.RequestId, null, aborted)
            : SessionAnswers.Accepted(name, job.JobId, null);
    }

    private async Task<IResult> WaitAsync(
        WatcherLease lease, string owner, string name, JobId id, string? answered, WebhookReceipt? webhook, CancellationToken aborted)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, lifetime.ApplicationStopping);
        try
        {
            return await jobs.UntilAsync(lease, id, owner, s => s.PendingInput is { } asked && asked.RequestId != answered, either.Token) switch
            {
                null => new ProblemResult(ProblemMapping.Purged),
                { State: JobState.Succeeded } job when await jobs.ReadResultAsync(id, owner, soFar: false, either.Token) is { } result =>
                    answers.Done(name, job, result, webhook),
                { IsFinal: false } job => SessionAnswers.Waiting(name, job, webhook),
                var job => SessionAnswers.Failed(name, job),
            };
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            return SessionAnswers.Failure(StatusCodes.Status503ServiceUnavailable, new SessionFailure(
                "The server stops; the analysis goes on once it is back, and its log tells of it.", "server_stopping")
            {
                SessionId = name, JobId = id,
            });
        }
    }
}

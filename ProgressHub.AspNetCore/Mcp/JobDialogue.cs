using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.AspNetCore.Mcp;

/// <summary>
/// Puts a job's question to whoever called. With protocol 2026-07-28 the call is answered with the question and repeated with
/// the answer; before that, the client is asked while the call waits. An answer from elsewhere, such as the UI, counts too.
/// </summary>
internal sealed class JobDialogue(JobService jobs, JobWait wait)
{
    /// <summary>A call comes again, perhaps with answers; its state is the job's id, which is worth nothing to anybody else.</summary>
    /// <exception cref="McpProtocolException">There is no such call.</exception>
    public async Task<Turn> ResumeAsync(ToolCall call, WorkloadDescriptor workload, string state, CancellationToken cancellationToken)
    {
        if (!JobId.TryParse(state, null, out var id)
            || await jobs.FindAsync(id, call.Owner, cancellationToken) is not { } job || job.Kind != workload.Kind)
            throw new McpProtocolException("'requestState' is not of a call of this tool.", McpErrorCode.InvalidParams);
        if (job.PendingInput is not { } asked || call.Params.InputResponses?.TryGetValue(asked.RequestId, out var response) is not true)
            return new Turn(job);
        if (Read(response) is not { } answer)
            return new Turn(job) { IsDeclined = true };
        return await AnswerAsync(call, job, asked.RequestId, answer, cancellationToken) ? new Turn(job, asked.RequestId) : new Turn(job);
    }

    /// <summary>Asks the client.</summary>
    /// <returns>Whether the call goes on: false where nobody would answer.</returns>
    /// <exception cref="InputRequiredException">The client asks and calls again.</exception>
    public async Task<bool> AskAsync(ToolCall call, JobSnapshot job, Turn turn, CancellationToken cancellationToken)
    {
        var asked = job.PendingInput!;
        if (McpCaller.IsStateless(call.Context))
        {
            throw new InputRequiredException(
                new Dictionary<string, InputRequest> { [asked.RequestId] = InputRequest.ForElicitation(Questions.ToElicitation(asked)) },
                job.JobId.ToString());
        }

        using var moot = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var elsewhere = wait.UntilAsync(
            call.Owner, job, state => state.PendingInput?.RequestId != asked.RequestId, JobWait.Forever, null, moot.Token);
        var here = ElicitAsync(call, asked, moot.Token);
        var first = await Task.WhenAny(elsewhere, here);
        await moot.CancelAsync();
        await Task.WhenAll(elsewhere, here).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return first == elsewhere
            || (await here is { } answer && await AnswerAsync(call, job, asked.RequestId, answer, cancellationToken));
    }

    private static async Task<string?> ElicitAsync(ToolCall call, PendingInput asked, CancellationToken moot)
    {
        try
        {
            return Questions.Read(await call.Context.Server.ElicitAsync(Questions.ToElicitation(asked), moot));
        }
        catch (Exception refused) when (refused is McpException or InvalidOperationException)
        {
            return null;
        }
    }

    // False where it is not an answer to this question; somebody else's, who was quicker, counts.
    private async Task<bool> AnswerAsync(ToolCall call, JobSnapshot job, string question, string answer, CancellationToken cancellationToken)
    {
        try
        {
            return await jobs.AnswerAsync(job.JobId, call.Owner, question, answer, cancellationToken);
        }
        catch (JobConflictException late) when (late.Code is "no_pending_input" or "wrong_request")
        {
            return true;
        }
        catch (JobConflictException)
        {
            return false;
        }
    }

    private static string? Read(InputResponse response) =>
        response.Deserialize(InputResponse.ElicitResultJsonTypeInfo) is { } given ? Questions.Read(given) : null;
}

using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.Core.Events;
using ProgressHub.Core.Workloads;

namespace ProgressHub.AspNetCore.Mcp;

/// <summary>
/// The call of a workload: submits the job and waits for its end; of a client that takes tasks it waits a moment, and then
/// answers with one. Whatever becomes of the call, the job is the caller's and goes on.
/// </summary>
internal sealed class JobCalls(
    JobSubmissions submissions, JobWait wait, JobDialogue dialogue, CallResults results, RunningCalls running, IOptions<McpOptions> options)
{
    public async Task<ResultOrAlternate<CallToolResult>> RunAsync(
        ToolCall call, WorkloadDescriptor workload, CancellationToken cancellationToken)
    {
        using var held = running.Begin(call.Context.Server.SessionId, call.Context.JsonRpcRequest.Id, call.Owner);
        if (call.Params.RequestState is { } state)
            return await HoldAsync(call, await dialogue.ResumeAsync(call, workload, state, cancellationToken), cancellationToken);

        var (job, receipt) = await submissions.SubmitAsync(call, workload, cancellationToken);
        await held.IsAboutAsync(job.JobId);
        if (workload.IsRemote)
            return CallResults.Say(job, JobSubmissions.Describe(job, receipt));
        return call.TakesTasks
            ? await HandOverAsync(call, job, cancellationToken)
            : await HoldAsync(call, new Turn(job), cancellationToken);
    }

    /// <summary>Tells the client how far a job is; null where it does not want to be told.</summary>
    public static Func<JobSnapshot, Task>? Teller(ToolCall call, CancellationToken cancellationToken)
    {
        if (call.Progress is not { } token)
            return null;
        var steps = new ProgressSteps();
        return job => steps.Next(job) is { } step
            ? call.Context.Server.NotifyProgressAsync(
                token,
                new ProgressNotificationValue { Progress = (float)step.Progress, Total = (float)ProgressSteps.Total, Message = step.Message },
                cancellationToken: cancellationToken)
            : Task.CompletedTask;
    }

    private async Task<ResultOrAlternate<CallToolResult>> HandOverAsync(ToolCall call, JobSnapshot job, CancellationToken cancellationToken)
    {
        var state = await wait.UntilAsync(
            call.Owner, job, static job => job.PendingInput is not null, options.Value.TaskAfter, null, cancellationToken) ?? throw Gone();
        return state.IsFinal
            ? await results.OfAsync(state, call.Owner, cancellationToken)
            : ResultOrAlternate<CallToolResult>.FromAlternate(JobTasks.Created(state), McpJson.Default.TaskView);
    }

    private async Task<CallToolResult> HoldAsync(ToolCall call, Turn turn, CancellationToken cancellationToken)
    {
        if (turn.IsDeclined)
            return CallResults.Say(turn.Job, CallResults.Describe(turn.Job));
        var tell = Teller(call, cancellationToken);
        while (true)
        {
            var job = await wait.UntilAsync(call.Owner, turn.Job, turn.Asks, JobWait.Forever, tell, cancellationToken) ?? throw Gone();
            if (job.IsFinal)
                return await results.OfAsync(job, call.Owner, cancellationToken);
            if (!turn.Asks(job))
                return CallResults.Say(job, $"The server stops; the job goes on once it is back. {CallResults.Describe(job)}");
            if (!call.CanAsk || !await dialogue.AskAsync(call, job, turn, cancellationToken))
                return CallResults.Say(job, CallResults.Describe(job));
            turn = turn.After(job);
        }
    }

    private static RefusedException Gone() => new(ProblemMapping.Purged);
}

/// <summary>How far the dialogue with a job is within a call.</summary>
/// <param name="Job">The job as it was last seen.</param>
/// <param name="Answered">The question that was answered last: the job may be seen with it for a moment yet.</param>
internal sealed record Turn(JobSnapshot Job, string? Answered = null)
{
    /// <summary>Whether the person would not answer its question; it stands until its deadline.</summary>
    public bool IsDeclined { get; init; }

    /// <summary>Whether the job asks what this call did not hear yet.</summary>
    public bool Asks(JobSnapshot job) => job.PendingInput is { } asked && asked.RequestId != Answered;

    /// <summary>The turn after the question of a state.</summary>
    public Turn After(JobSnapshot job) => new(job, job.PendingInput?.RequestId ?? Answered);
}

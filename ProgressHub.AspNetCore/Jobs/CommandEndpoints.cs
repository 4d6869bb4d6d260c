using Microsoft.AspNetCore.Http.HttpResults;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.AspNetCore.Snapshots;
using ProgressHub.Core.Execution;

namespace ProgressHub.AspNetCore.Jobs;

/// <summary>What can be done to a job.</summary>
internal static class CommandEndpoints
{
    /// <summary>202 while it stops, 200 where it has ended.</summary>
    public static async Task<Results<SnapshotResult, ProblemResult>> CancelAsync([AsParameters] JobCall call) =>
        await call.Jobs.CancelAsync(call.Id, call.Owner, call.Aborted) is { } snapshot
            ? new SnapshotResult(snapshot, snapshot.IsFinal ? StatusCodes.Status200OK : StatusCodes.Status202Accepted)
            : await call.AbsentAsync();

    public static async Task<Results<SnapshotResult, ProblemResult>> RetryAsync(
        [AsParameters] JobCall call, HttpRequest request, IEnumerable<ISubmissionAnswer> answers)
    {
        var wanted = await JsonBody.ReadOptionalAsync(request, JobsJson.Default.RetryRequest, call.Aborted) ?? new RetryRequest();
        var scope = wanted.Scope == RetryScopeName.FailedItems ? RetryScope.FailedItems : RetryScope.All;
        return await call.Jobs.RetryAsync(call.Id, call.Owner, scope, call.Aborted) is { } submission
            ? SubmitEndpoint.Accepted(submission, answers)
            : await call.AbsentAsync();
    }

    public static async Task<Results<SnapshotResult, ProblemResult>> AnswerAsync(
        [AsParameters] JobCall call, HttpRequest request)
    {
        var given = await JsonBody.ReadAsync(request, JobsJson.Default.AnswerRequest, call.Aborted);
        if (given.Answer.Length > AnswerRequest.MaxAnswer)
        {
            throw new RefusedException(
                StatusCodes.Status422UnprocessableEntity, "answer_too_long",
                $"An answer has at most {AnswerRequest.MaxAnswer} characters.", "answer");
        }

        return await call.Jobs.AnswerAsync(call.Id, call.Owner, given.RequestId, given.Answer, call.Aborted)
            && await call.Jobs.FindAsync(call.Id, call.Owner, call.Aborted) is { } snapshot
            ? new SnapshotResult(snapshot)
            : await call.AbsentAsync();
    }

    public static async Task<Results<SnapshotResult, ProblemResult>> TagAsync([AsParameters] JobCall call, HttpRequest request)
    {
        var wanted = await JsonBody.ReadAsync(request, JobsJson.Default.TagsRequest, call.Aborted);
        return await call.Jobs.ChangeTagsAsync(call.Id, call.Owner, new TagChange(wanted.Add ?? [], wanted.Remove ?? []), call.Aborted) is { } snapshot
            ? new SnapshotResult(snapshot)
            : await call.AbsentAsync();
    }

    public static async Task<Results<SnapshotResult, ProblemResult>> MoveToFrontAsync([AsParameters] JobCall call, QueueOrder queue) =>
        await queue.MoveToFrontAsync(call.Id, call.Owner, call.Aborted) is { } snapshot
            ? new SnapshotResult(snapshot)
            : await call.AbsentAsync();

    public static async Task<Results<NoContent, ProblemResult>> DeleteAsync([AsParameters] JobCall call) =>
        await call.Jobs.DeleteAsync(call.Id, call.Owner, call.Aborted)
            ? TypedResults.NoContent()
            : await call.AbsentAsync();

    public static async Task<Results<FileContentHttpResult, ProblemResult>> GetInputAsync([AsParameters] JobCall call) =>
        await call.Jobs.ReadInputAsync(call.Id, call.Owner, call.Aborted) is { } input
            ? TypedResults.Bytes(input.ToArray(), RawJson.ContentType)
            : await call.AbsentAsync();
}

using System.Text.Json;
using ProgressHub.AspNetCore.Security;
using ProgressHub.AspNetCore.Snapshots;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.AspNetCore.Mcp;

/// <summary>Makes a job of a call, within the limits of the API.</summary>
internal sealed class JobSubmissions(JobService jobs, SubmissionAllowance allowance, IEnumerable<ISubmissionAnswer> answers)
{
    private const string IdempotencyKey = "progresshub/idempotencyKey";
    private const int MaxKey = 255;

    /// <summary>Submits it; once this returns, it is on disk and will be run.</summary>
    /// <exception cref="WorkloadException">It is not acceptable.</exception>
    public async Task<(JobSnapshot Job, SubmissionReceipt Receipt)> SubmitAsync(
        ToolCall call, WorkloadDescriptor workload, CancellationToken cancellationToken)
    {
        allowance.Require(call.Owner);
        var submission = await jobs.SubmitAsync(
            new JobRequest { Kind = workload.Kind, Input = call.Arguments, Owner = call.Owner, IdempotencyKey = Key(call) }, cancellationToken);
        return (submission.Snapshot, answers.Aggregate(
            new SubmissionReceipt(), (receipt, answer) => answer.Complete(submission.Snapshot, receipt)));
    }

    /// <summary>What the submitter of an external job has to know.</summary>
    public static string Describe(JobSnapshot job, SubmissionReceipt receipt) =>
        $"Job {job.JobId} waits for the program that does the work. It reports to POST /api/jobs/{job.JobId}/updates of this "
        + $"server with the header 'Authorization: Bearer {receipt.WriteToken}', and ends with POST /api/jobs/{job.JobId}/complete "
        + $"or /fail. The token is told this once. Follow the job with the tool {JobTools.Status}.";

    private static string? Key(ToolCall call)
    {
        if (call.Params.Meta?[IdempotencyKey] is not { } given)
            return null;
        return given.GetValueKind() == JsonValueKind.String && given.GetValue<string>() is { Length: > 0 and <= MaxKey } key
            ? key
            : throw new WorkloadException("invalid_idempotency_key", $"'{IdempotencyKey}' is a text of 1 to {MaxKey} characters.")
            {
                Property = IdempotencyKey,
            };
    }
}

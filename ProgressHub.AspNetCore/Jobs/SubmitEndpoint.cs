using System.Security.Claims;
using System.Text.Json;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.AspNetCore.Snapshots;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Jobs;

/// <summary>Accepts jobs.</summary>
internal static class SubmitEndpoint
{
    public static async Task<SnapshotResult> SubmitAsync(
        HttpContext context, ClaimsPrincipal user, JobService jobs, IEnumerable<ISubmissionAnswer> answers, FormSubmissions forms,
        CancellationToken aborted)
    {
        var key = IdempotencyKeyHeader.Read(context.Request.Headers);
        var owner = user.Owner();
        var submission = context.Request.HasFormContentType
            ? await forms.SubmitAsync(context, wanted => Accept(wanted, owner, key))
            : await jobs.SubmitAsync(
                Accept(await JsonBody.ReadAsync(context.Request, JobsJson.Default.JobSubmission, aborted), owner, key), aborted);
        return Accepted(submission, answers);
    }

    /// <summary>
    /// 202 with the snapshot; the job's address is in <c>Location</c>. An external job's token and a webhook's secret are in
    /// the body.
    /// </summary>
    public static SnapshotResult Accepted(Submission submission, IEnumerable<ISubmissionAnswer> answers)
    {
        var job = submission.Snapshot;
        return new SnapshotResult(job, StatusCodes.Status202Accepted, JobUrls.Self(job.JobId))
        {
            Receipt = answers.Aggregate(
                new SubmissionReceipt(Webhook: submission.Webhook), (receipt, answer) => answer.Complete(job, receipt)),
        };
    }

    private static JobRequest Accept(JobSubmission wanted, string owner, string? key)
    {
        if (string.IsNullOrWhiteSpace(wanted.Kind))
            throw Refuse(StatusCodes.Status400BadRequest, "invalid_body", "'kind' is empty.", "kind");
        if (wanted.Input.ValueKind != JsonValueKind.Object)
            throw Refuse(StatusCodes.Status400BadRequest, "invalid_body", "'input' is not a JSON object.", "input");
        return new JobRequest
        {
            Kind = wanted.Kind,
            Title = wanted.Title,
            Input = wanted.Input,
            Tags = wanted.Tags ?? [],
            Owner = owner,
            Id = wanted.JobId,
            IdempotencyKey = key,
            Webhook = wanted.Webhook?.ToRequest(),
        };
    }

    private static RefusedException Refuse(int status, string code, string detail, string property) =>
        new(status, code, detail, property);
}

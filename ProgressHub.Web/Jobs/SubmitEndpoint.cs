using System.Security.Claims;
using System.Text.Json;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads.External;
using ProgressHub.Web.External;
using ProgressHub.Web.Problems;
using ProgressHub.Web.Security;

namespace ProgressHub.Web.Jobs;

/// <summary>Accepts jobs.</summary>
internal static class SubmitEndpoint
{
    /// <summary>The job's id, on every answer once the job is there: also where its upload then fails.</summary>
    public const string JobIdHeader = "X-Job-Id";

    public static async Task<SnapshotResult> SubmitAsync(
        HttpContext context, ClaimsPrincipal user, JobService jobs, WriteTokens tokens, FormSubmissions forms,
        CancellationToken aborted)
    {
        var key = IdempotencyKeyHeader.Read(context.Request.Headers);
        var owner = user.Owner();
        var submission = context.Request.HasFormContentType
            ? await forms.SubmitAsync(context, owner, wanted => Accept(wanted, owner, key))
            : await jobs.SubmitAsync(
                Accept(await JsonBody.ReadAsync(context.Request, ApiJson.Default.JobSubmission, aborted), owner, key), aborted);
        return Accepted(submission.Snapshot with { Webhook = submission.Webhook }, tokens);
    }

    /// <summary>
    /// 202 with the snapshot; the job's address is in <c>Location</c>. An external job's token and a webhook's secret are in
    /// the body.
    /// </summary>
    public static SnapshotResult Accepted(JobSnapshot snapshot, WriteTokens tokens) => new(
        snapshot.Kind == ExternalJobs.Kind ? snapshot with { WriteToken = tokens.Of(snapshot.JobId) } : snapshot,
        StatusCodes.Status202Accepted, JobUrls.Self(snapshot.JobId));

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

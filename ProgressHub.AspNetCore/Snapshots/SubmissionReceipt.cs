using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Snapshots;

/// <summary>What only the submitter of a job is told, once; it is kept nowhere.</summary>
/// <param name="WriteToken">Lets the bearer report for this job, and for this alone (external jobs).</param>
/// <param name="Webhook">The webhook, with its secret.</param>
internal sealed record SubmissionReceipt(string? WriteToken = null, WebhookReceipt? Webhook = null);

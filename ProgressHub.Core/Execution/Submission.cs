using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Execution;

/// <summary>What came of submitting a job.</summary>
/// <param name="Snapshot">The job as it is now.</param>
/// <param name="Created">False where an earlier request with the same idempotency key had made it.</param>
public sealed record Submission(JobSnapshot Snapshot, bool Created)
{
    /// <summary>The job's webhook; its secret is told to whoever made the job, and to nobody else.</summary>
    public WebhookReceipt? Webhook { get; init; }
}

/// <summary>Which pieces a retry does again.</summary>
public enum RetryScope
{
    /// <summary>Everything.</summary>
    All,

    /// <summary>Only what failed; what is well is taken over.</summary>
    FailedItems,
}

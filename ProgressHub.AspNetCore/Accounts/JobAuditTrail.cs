using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>Writes cancels and deletes of jobs, and pauses of the queue, into the audit log, by whichever way they are asked for.</summary>
internal sealed class JobAuditTrail(AuditTrail audit) : IJobAudit
{
    public Task CancelsAsync(string by, JobId id) => audit.AddAsync(by, "job.canceled", id.ToString(), null);

    public Task DeletesAsync(string by, JobId id) => audit.AddAsync(by, "job.deleted", id.ToString(), null);

    public Task PausesQueueAsync(string by, string? kind) => audit.AddAsync(by, "queue.paused", kind ?? "all", null);

    public Task ResumesQueueAsync(string by, string? kind) => audit.AddAsync(by, "queue.resumed", kind ?? "all", null);
}

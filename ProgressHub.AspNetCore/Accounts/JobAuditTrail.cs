using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>Writes cancels and deletes of jobs into the audit log, by whichever way they are asked for.</summary>
internal sealed class JobAuditTrail(AuditTrail audit) : IJobAudit
{
    public Task CancelsAsync(string by, JobId id) => audit.AddAsync(by, "job.canceled", id.ToString(), null);

    public Task DeletesAsync(string by, JobId id) => audit.AddAsync(by, "job.deleted", id.ToString(), null);
}

using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;

namespace ProgressHub.Core.Execution;

/// <summary>Removes finished jobs with all that belongs to them.</summary>
internal sealed class JobRemoval(IJobStore store, JobLedger ledger, UploadService uploads, TimeProvider time)
{
    /// <summary>Removes one job; false where it has not ended, or is not there.</summary>
    public async Task<bool> RemoveAsync(JobId id, CancellationToken cancellationToken)
    {
        if (!await store.PurgeAsync(id, time.GetUtcNow(), cancellationToken))
            return false;
        ledger.Forget(id);
        await uploads.SweepRemovedAsync(cancellationToken);
        return true;
    }
}

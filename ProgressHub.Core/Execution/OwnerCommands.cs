using ProgressHub.Core.Events;

namespace ProgressHub.Core.Execution;

/// <summary>What somebody does to a job that is theirs; what takes away is written down first.</summary>
internal sealed class OwnerCommands(JobCommands commands, JobTags tags, IJobAudit audit)
{
    /// <summary>What needs no writing down.</summary>
    public JobCommands Plain => commands;

    /// <summary>How its tags are changed, which needs no writing down either.</summary>
    public JobTags Tags => tags;

    /// <summary>Asks for a job's end; of a finished one nothing changes.</summary>
    public async Task<JobSnapshot?> CancelAsync(JobSnapshot job, string by, CancellationToken cancellationToken)
    {
        if (!job.IsFinal)
            await audit.CancelsAsync(by, job.JobId);
        return await commands.CancelAsync(job.JobId, cancellationToken);
    }

    /// <summary>Removes a finished job; false where it has not ended.</summary>
    public async Task<bool> RemoveAsync(JobSnapshot job, string by, CancellationToken cancellationToken)
    {
        if (!job.IsFinal)
            return false;
        await audit.DeletesAsync(by, job.JobId);
        return await commands.RemoveAsync(job.JobId, cancellationToken);
    }
}

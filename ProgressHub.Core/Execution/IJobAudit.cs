using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Execution;

/// <summary>Writes down who took something away from a job's owner, before it is done.</summary>
internal interface IJobAudit
{
    /// <summary>Somebody cancels a job that has not ended.</summary>
    Task CancelsAsync(string by, JobId id);

    /// <summary>Somebody deletes a job.</summary>
    Task DeletesAsync(string by, JobId id);
}

using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Execution;

/// <summary>Writes down who took something away from a job's owner, or paused or resumed the queue, before it is done.</summary>
internal interface IJobAudit
{
    /// <summary>Somebody cancels a job that has not ended.</summary>
    Task CancelsAsync(string by, JobId id);

    /// <summary>Somebody deletes a job.</summary>
    Task DeletesAsync(string by, JobId id);

    /// <summary>Somebody pauses the start of jobs of a kind; null for all.</summary>
    Task PausesQueueAsync(string by, string? kind);

    /// <summary>Somebody resumes the start of jobs of a kind; null for all.</summary>
    Task ResumesQueueAsync(string by, string? kind);
}

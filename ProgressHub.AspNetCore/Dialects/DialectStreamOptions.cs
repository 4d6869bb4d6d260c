using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Dialects;

/// <summary>What a dialect's stream of one job begins with, and how it goes on.</summary>
/// <param name="Job">The job.</param>
/// <param name="Kind">The workload it must be of; another job is none for this dialect.</param>
internal sealed record DialectStreamOptions(JobId Job, string Kind)
{
    /// <summary>
    /// Where whoever has just come begins: 0 is the job's first event; null the present, or the <c>done</c> of an ended job.
    /// </summary>
    public long? Start { get; init; }

    /// <summary>How long at most between two messages while the job goes on; null for no more than events and heartbeats.</summary>
    public TimeSpan? Repeat { get; init; }
}

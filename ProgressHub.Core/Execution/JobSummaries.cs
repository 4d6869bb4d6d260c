using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Execution;

/// <summary>How long a job took, from what its snapshot knows of its stages.</summary>
internal static class JobSummaries
{
    public static JobSummary Of(JobSnapshot snapshot, Job job, DateTimeOffset now)
    {
        var total = job.StartedAt is { } started ? Math.Max(0, (long)(now - started).TotalMilliseconds) : 0;
        return new JobSummary(total,
        [
            .. snapshot.Stages
                .Where(s => s.StartedMs is not null)
                .Select(s => new StageDuration(s.Name, s.Ms ?? Math.Max(0, total - s.StartedMs!.Value))),
        ], snapshot.Usage);
    }
}

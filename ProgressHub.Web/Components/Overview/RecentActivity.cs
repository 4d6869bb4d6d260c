using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Web.Components.Overview;

/// <summary>What became of the jobs of the last hours, counted from their snapshots.</summary>
public sealed class RecentActivity
{
    /// <summary>How many hours are looked at.</summary>
    public const int Hours = 24;

    /// <summary>The most jobs that are counted, so that a busy day costs no more than that.</summary>
    public const int MostJobs = 2000;

    private const double Slow = 0.95;

    /// <summary>Counts.</summary>
    /// <param name="jobs">The newest jobs.</param>
    /// <param name="now">The end of the last hour.</param>
    public RecentActivity(IReadOnlyList<JobSnapshot> jobs, DateTimeOffset now)
    {
        var begin = now.AddHours(-Hours);
        JobSnapshot[] recent = [.. jobs.Where(job => job.CreatedAt > begin)];
        IsCut = recent.Length >= MostJobs;
        Failed = recent.Count(job => job.State == JobState.Failed);
        ByHour = [.. Enumerable.Range(0, Hours).Select(hour => Count(begin.AddHours(hour), recent))];
        Durations =
        [
            .. recent.Where(job => job is { State: JobState.Succeeded, StartedAt: not null, FinishedAt: not null })
                .GroupBy(job => job.Kind)
                .Select(kind => DurationsOf(kind.Key, [.. kind.Select(job => (job.FinishedAt!.Value - job.StartedAt!.Value).TotalMilliseconds).Order()]))
                .OrderByDescending(kind => kind.Count),
        ];
    }

    /// <summary>The hours, the earliest first.</summary>
    public IReadOnlyList<ActivityHour> ByHour { get; }

    /// <summary>How long jobs took, the kind with the most first.</summary>
    public IReadOnlyList<KindDurations> Durations { get; }

    /// <summary>How many have failed.</summary>
    public int Failed { get; }

    /// <summary>Whether there were more than were counted.</summary>
    public bool IsCut { get; }

    /// <summary>How many there were.</summary>
    public int All => ByHour.Sum(hour => hour.All);

    private static ActivityHour Count(DateTimeOffset from, JobSnapshot[] jobs)
    {
        JobSnapshot[] within = [.. jobs.Where(job => job.CreatedAt > from && job.CreatedAt <= from.AddHours(1))];
        var succeeded = within.Count(job => job.State == JobState.Succeeded);
        var failed = within.Count(job => job.State == JobState.Failed);
        return new ActivityHour(from, succeeded, failed, within.Length - succeeded - failed);
    }

    private static KindDurations DurationsOf(string kind, double[] sorted) =>
        new(kind, sorted.Length, sorted[(sorted.Length - 1) / 2], sorted[(int)Math.Ceiling((sorted.Length * Slow) - 1)]);
}

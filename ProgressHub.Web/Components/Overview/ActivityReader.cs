using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Web.Components.Overview;

/// <summary>Reads the jobs of the last hours, a page at a time.</summary>
internal static class ActivityReader
{
    private const int PageSize = 200;

    /// <summary>What became of an owner's jobs of the last hours.</summary>
    public static async Task<RecentActivity> ReadAsync(
        JobService jobs, string owner, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<JobSnapshot> read = [];
        long? before = null;
        do
        {
            var page = await jobs.ListAsync(new JobQuery { Owner = owner, Before = before, Limit = PageSize }, cancellationToken);
            read.AddRange(page.Items);
            before = page.Next;
        }
        while (before is not null && read.Count < RecentActivity.MostJobs && read[^1].CreatedAt > now.AddHours(-RecentActivity.Hours));

        return new RecentActivity(read, now);
    }
}

using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Overview;

namespace ProgressHub.Tests.Components.Overview;

public sealed class RecentActivityTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Jobs_are_counted_in_the_hour_they_were_submitted_in()
    {
        var activity = new RecentActivity(
            [Job(TimeSpan.FromMinutes(5), JobState.Succeeded, 100), Job(TimeSpan.FromMinutes(50), JobState.Failed, 100), Job(TimeSpan.FromHours(23.5), JobState.Running, null), Job(TimeSpan.FromHours(25), JobState.Failed, 100)],
            Now);

        Assert.Equal((3, 1, 24), (activity.All, activity.Failed, activity.ByHour.Count));
        Assert.Equal((1, 1, 0), Counts(activity.ByHour[^1]));
        Assert.Equal((0, 0, 1), Counts(activity.ByHour[0]));
    }

    [Fact]
    public void Durations_are_told_by_kind_from_what_succeeded()
    {
        var activity = new RecentActivity(
            [.. Enumerable.Range(1, 100).Select(i => Job(TimeSpan.FromMinutes(i), JobState.Succeeded, i * 10)), Job(TimeSpan.FromMinutes(1), JobState.Failed, 99_999)], Now);

        Assert.Equal(new KindDurations("translation", 100, 500, 950), Assert.Single(activity.Durations));
    }

    private static (int, int, int) Counts(ActivityHour hour) => (hour.Succeeded, hour.Failed, hour.Other);

    private static JobSnapshot Job(TimeSpan age, JobState state, int? ms)
    {
        var created = Now - age;
        return JobSnapshot.Empty(JobId.New(), created) with
        {
            Kind = "translation", State = state, StartedAt = created, FinishedAt = ms is { } took ? created.AddMilliseconds(took) : null,
        };
    }
}

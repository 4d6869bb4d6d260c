using System.Diagnostics.Metrics;
using ProgressHub.Core.Events;

namespace ProgressHub.AspNetCore.Metrics;

/// <summary>How many watch, as a gauge on the meter <c>ProgressHub</c>.</summary>
internal sealed class WatcherCounts
{
    public WatcherCounts(EventFeeds feeds, OwnerFeeds owners, IMeterFactory meters) =>
        meters.Create("ProgressHub").CreateObservableGauge(
            "progresshub.watchers",
            () => new Measurement<int>[] { Of(feeds.WatcherCount, "job"), Of(owners.WatcherCount, "owner") },
            "{watcher}", "Who watches now: one job, or all jobs of an owner.");

    private static Measurement<int> Of(int count, string what) => new(count, new KeyValuePair<string, object?>("of", what));
}

using ProgressHub.Core.Events;

namespace ProgressHub.AspNetCore.Snapshots;

/// <summary>Makes of a job's state what is sent: as of now, with the links that this host has.</summary>
internal sealed class SnapshotViews(MappedLinks links, TimeProvider time)
{
    /// <summary>A state to send now.</summary>
    public SnapshotView Of(JobSnapshot snapshot) => Of(snapshot, time.GetUtcNow());

    /// <summary>A state to send as of a moment; several that are sent together have the same.</summary>
    public SnapshotView Of(JobSnapshot snapshot, DateTimeOffset now) => Of(SnapshotNow.Of(snapshot, now), now, links.Of(snapshot.JobId));

    /// <summary>The state that a watching begins with.</summary>
    public SnapshotView Of(JobWatch watch)
    {
        var now = time.GetUtcNow();
        return Of(SnapshotNow.Of(watch, now), now, links.Of(watch.Snapshot.JobId));
    }

    /// <summary>The moment that several states sent together are as of.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    // Where no result can be asked for, there is no address of one.
    private static SnapshotView Of(JobSnapshot snapshot, DateTimeOffset now, JobLinks? links) => new(
        links?.Result is null && snapshot.ResultUrl is not null ? snapshot with { ResultUrl = null } : snapshot, now, links);
}

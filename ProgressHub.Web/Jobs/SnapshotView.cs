using ProgressHub.Core.Events;

namespace ProgressHub.Web.Jobs;

/// <summary>What the present moment adds to a snapshot when it is sent.</summary>
internal static class SnapshotView
{
    /// <summary>
    /// Fills in the server's clock and the links, and brings the elapsed times of an unfinished job up to now. Serialize
    /// what it returns with <see cref="EventJson.Serialize(JobSnapshot)"/>.
    /// </summary>
    /// <param name="snapshot">The state as of its last event.</param>
    /// <param name="now">The server's clock.</param>
    public static JobSnapshot Present(JobSnapshot snapshot, DateTimeOffset now) =>
        Present(snapshot, snapshot.IsFinal, now);

    /// <summary>
    /// The same for what a watching begins with: of a job that has ended since that state, no time goes by any more.
    /// </summary>
    /// <param name="watch">The watching.</param>
    /// <param name="now">The server's clock.</param>
    public static JobSnapshot Present(JobWatch watch, DateTimeOffset now) => Present(watch.Snapshot, watch.HasEnded, now);

    private static JobSnapshot Present(JobSnapshot snapshot, bool hasEnded, DateTimeOffset now)
    {
        var placed = snapshot with { ServerTime = now, Links = JobUrls.Links(snapshot.JobId) };
        if (snapshot.IsFinal || snapshot.StartedAt is not { } started)
            return placed;

        // The last event may have been a while ago, and clocks of several nodes differ: time never runs backwards.
        var elapsed = hasEnded
            ? snapshot.ElapsedMs
            : Math.Max(snapshot.ElapsedMs, (long)(now - started).TotalMilliseconds);
        return placed with { ElapsedMs = elapsed, Stages = [.. snapshot.Stages.Select(s => UpToNow(s, elapsed))] };
    }

    private static StageStatus UpToNow(StageStatus stage, long elapsedMs) =>
        stage is { State: "running", StartedMs: { } started } ? stage with { Ms = elapsedMs - started } : stage;
}

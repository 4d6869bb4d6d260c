using ProgressHub.Core.Events;

namespace ProgressHub.AspNetCore.Snapshots;

/// <summary>Brings the elapsed times of an unfinished job up to the present.</summary>
public static class SnapshotNow
{
    /// <summary>The state, with the time that went by since its last event.</summary>
    /// <param name="snapshot">The state as of its last event.</param>
    /// <param name="now">The server's clock.</param>
    public static JobSnapshot Of(JobSnapshot snapshot, DateTimeOffset now) => Of(snapshot, snapshot.IsFinal, now);

    /// <summary>
    /// The same for what a watching begins with: of a job that has ended since that state, no time goes by any more.
    /// </summary>
    /// <param name="watch">The watching.</param>
    /// <param name="now">The server's clock.</param>
    public static JobSnapshot Of(JobWatch watch, DateTimeOffset now) => Of(watch.Snapshot, watch.HasEnded, now);

    private static JobSnapshot Of(JobSnapshot snapshot, bool hasEnded, DateTimeOffset now)
    {
        if (snapshot.IsFinal || snapshot.StartedAt is not { } started)
            return snapshot;

        // The last event may have been a while ago, and clocks of several nodes differ: time never runs backwards.
        var elapsed = hasEnded
            ? snapshot.ElapsedMs
            : Math.Max(snapshot.ElapsedMs, (long)(now - started).TotalMilliseconds);
        return snapshot with { ElapsedMs = elapsed, Stages = [.. snapshot.Stages.Select(s => UpToNow(s, elapsed))] };
    }

    private static StageStatus UpToNow(StageStatus stage, long elapsedMs) =>
        stage is { State: "running", StartedMs: { } started } ? stage with { Ms = elapsedMs - started } : stage;
}

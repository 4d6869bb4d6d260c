using ProgressHub.Core.Events;

namespace ProgressHub.AspNetCore.Snapshots;

/// <summary>A job's state as it goes over the wire: the snapshot, and what the server that sends it adds.</summary>
/// <param name="Snapshot">The state; its elapsed times are up to now.</param>
/// <param name="ServerTime">The server's clock when this was sent, so that a client can correct its own.</param>
/// <param name="Links">Where to go on from here; null where nothing of it is mapped.</param>
public sealed record SnapshotView(JobSnapshot Snapshot, DateTimeOffset ServerTime, JobLinks? Links)
{
    /// <summary>What only its submitter is told; in the answer to submitting, and nowhere else.</summary>
    internal SubmissionReceipt? Receipt { get; init; }
}

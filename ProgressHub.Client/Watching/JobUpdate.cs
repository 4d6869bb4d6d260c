using ProgressHub.Client.Events;
using ProgressHub.Client.Jobs;

namespace ProgressHub.Client.Watching;

/// <summary>What a watcher sees.</summary>
/// <param name="Snapshot">The state of the job, as far as it is known: that event is in it.</param>
/// <param name="Event">What happened; null in the first update, which tells where the job stands.</param>
public sealed record JobUpdate(JobSnapshot Snapshot, JobEvent? Event);

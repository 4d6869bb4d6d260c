namespace ProgressHub.Core.Jobs;

/// <summary>
/// Whose a job is: what the store compares before an attempt writes. The node stands beside the attempt because a number may
/// be given twice, where a database was replaced by a copy that lacked its last commits.
/// </summary>
/// <param name="Job">The job.</param>
/// <param name="Attempt">The attempt that writes.</param>
/// <param name="Node">The node that runs it; null where the store does not say.</param>
internal readonly record struct AttemptFence(JobId Job, int Attempt, string? Node);

namespace ProgressHub.Core.Jobs;

/// <summary>A webhook that has not seen the end of its job's log.</summary>
/// <param name="Job">The job.</param>
/// <param name="Host">Where its messages go: host and port.</param>
internal readonly record struct FollowedWebhook(JobId Job, string Host);

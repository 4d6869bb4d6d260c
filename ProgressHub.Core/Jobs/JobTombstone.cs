namespace ProgressHub.Core.Jobs;

/// <summary>What is left of a job that was deleted or whose time was over.</summary>
/// <param name="Id">The job.</param>
/// <param name="Owner">Whose it was; nobody else learns that it existed.</param>
/// <param name="PurgedAt">When it went.</param>
internal sealed record JobTombstone(JobId Id, string Owner, DateTimeOffset PurgedAt);

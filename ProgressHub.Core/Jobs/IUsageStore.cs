namespace ProgressHub.Core.Jobs;

/// <summary>
/// Counts what owners have and have used. Each job has a row of what it used, written with the event that tells of it; the row
/// outlives the job to the end of the following month, so that deleting a job gives nothing back but its storage.
/// </summary>
internal interface IUsageStore
{
    /// <summary>What owners have now, and have used this day and month; in their order.</summary>
    ValueTask<IReadOnlyList<OwnerUsage>> CountAsync(
        IReadOnlyList<string> owners, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>What models and audio the owner's other jobs of the same month as this one have used.</summary>
    ValueTask<OwnerUsage> CountBesideAsync(Job job, CancellationToken cancellationToken);

    /// <summary>How many bytes of files and results an owner has.</summary>
    ValueTask<long> CountStorageAsync(string owner, CancellationToken cancellationToken);
}

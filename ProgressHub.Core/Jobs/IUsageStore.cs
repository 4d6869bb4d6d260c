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

    /// <summary>What models and audio the owner's jobs of a month (UTC) have used, but for some of them.</summary>
    /// <param name="owner">Whose jobs.</param>
    /// <param name="month">A moment of the month.</param>
    /// <param name="but">Those that are not counted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<OwnerUsage> CountBesideAsync(
        string owner, DateTimeOffset month, IReadOnlyCollection<JobId> but, CancellationToken cancellationToken);

    /// <summary>How many bytes of files and results an owner has.</summary>
    ValueTask<long> CountStorageAsync(string owner, CancellationToken cancellationToken);
}

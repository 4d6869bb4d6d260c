using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Accounts;

/// <summary>
/// Keeps who may see whose jobs; what was revoked is gone. Every method throws <see cref="StorageUnavailableException"/>
/// where the store can't be used now.
/// </summary>
internal interface IJobShareStore
{
    /// <summary>A job's shares have changed, and that is on disk.</summary>
    event Action<JobId?>? Changed;

    /// <summary>Adds one; one with the same account is replaced. False where the job has as many as it may have.</summary>
    Task<bool> AddAsync(JobShare share, byte[]? secretHash, int most, CancellationToken cancellationToken);

    /// <summary>The shares of a job, the newest first.</summary>
    Task<IReadOnlyList<JobShare>> ListAsync(JobId job, CancellationToken cancellationToken);

    /// <summary>What is shared with somebody: with their account, and by links they have opened. The newest first.</summary>
    /// <param name="caller">An account or a visitor.</param>
    /// <param name="before">Only those before this number; null for the newest.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<JobShare>> ListWithAsync(string caller, long? before, int limit, CancellationToken cancellationToken);

    /// <summary>Those by which somebody may see a job.</summary>
    Task<IReadOnlyList<JobShare>> FindAsync(JobId job, string caller, CancellationToken cancellationToken);

    /// <summary>The link whose secret has this hash.</summary>
    Task<JobShare?> FindBySecretAsync(byte[] secretHash, CancellationToken cancellationToken);

    /// <summary>
    /// Notes that somebody opened a link. Beyond <paramref name="most"/> of them the visitor who has not come for longest is
    /// forgotten, and must open it again.
    /// </summary>
    Task OpenAsync(JobShare link, string opener, string? address, DateTimeOffset at, int most, CancellationToken cancellationToken);

    /// <summary>Who opened a link, the last to come first.</summary>
    Task<IReadOnlyList<ShareOpening>> ListOpeningsAsync(string id, int limit, CancellationToken cancellationToken);

    /// <summary>Takes back a share of a job; what it was, null where the job has none of that id.</summary>
    Task<JobShare?> RevokeAsync(string id, JobId job, CancellationToken cancellationToken);

    /// <summary>Forgets all shares of a job that is gone.</summary>
    Task ForgetAsync(JobId job, CancellationToken cancellationToken);
}

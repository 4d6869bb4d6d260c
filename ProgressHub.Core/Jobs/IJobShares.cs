namespace ProgressHub.Core.Jobs;

/// <summary>
/// Who may see jobs of others. An engine alone knows no shares; a host with accounts registers its own.
/// Every method throws <see cref="StorageUnavailableException"/> where the store can't be used now.
/// </summary>
internal interface IJobShares
{
    /// <summary>Something about the shares of a job, or of nobody knows which (null), has changed, and that is on disk. Called on any thread; a handler does not wait.</summary>
    event Action<JobId?>? Changed;

    /// <summary>What somebody who does not own a job may do with it.</summary>
    /// <param name="job">The job.</param>
    /// <param name="owner">Whose it is: a share is good for a job of who shared it alone, and for no later one of that id.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<SharedRight> FindAsync(JobId job, string owner, string caller, CancellationToken cancellationToken);

    /// <summary>The jobs of others that somebody may see, those shared last first.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="before">Only those before this <see cref="SharedJob.Number"/>; null for the last.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<SharedJob>> ListAsync(string caller, long? before, int limit, CancellationToken cancellationToken);

    /// <summary>Lets who has taken up a job's work again go on with the new job as with the old one.</summary>
    /// <param name="job">The job that was shared.</param>
    /// <param name="next">The job that takes up its work.</param>
    /// <param name="caller">Who asked for it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task PassOnAsync(JobId job, JobId next, string caller, CancellationToken cancellationToken);
}

/// <summary>A right that somebody was given.</summary>
/// <param name="Right">What they may do: <see cref="JobRight.None"/>, <see cref="JobRight.Read"/> or <see cref="JobRight.Manage"/>.</param>
/// <param name="Until">When it ends by itself; null for never.</param>
internal readonly record struct SharedRight(JobRight Right, DateTimeOffset? Until);

/// <summary>A job of somebody else's.</summary>
/// <param name="Job">The job; it may be gone.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Number">Its place in the list.</param>
internal readonly record struct SharedJob(JobId Job, string Owner, long Number);

/// <summary>Nothing is shared.</summary>
internal sealed class NoShares : IJobShares
{
    /// <inheritdoc/>
    public event Action<JobId?>? Changed
    {
        add { }
        remove { }
    }

    /// <inheritdoc/>
    public ValueTask<SharedRight> FindAsync(JobId job, string owner, string caller, CancellationToken cancellationToken) => default;

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SharedJob>> ListAsync(string caller, long? before, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<SharedJob>>([]);

    /// <inheritdoc/>
    public Task PassOnAsync(JobId job, JobId next, string caller, CancellationToken cancellationToken) => Task.CompletedTask;
}

using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Uploads;

/// <summary>
/// The durable rows of files and of which jobs use them. A file whose last job is purged goes with it, in the same
/// transaction. What is removed stands in a list until its bytes are gone, so that a crash in between leaves none.
/// </summary>
internal interface IFileStore
{
    /// <summary>Adds a file that has no bytes yet.</summary>
    /// <param name="file">The file.</param>
    /// <param name="maxOpen">How many files of this owner may be under way or unused.</param>
    /// <param name="maxTotalBytes">How many bytes all files may have, each counted as long as it was said to be.</param>
    /// <param name="cancellationToken">Withdraws it as long as it has not begun.</param>
    /// <exception cref="StorageUnavailableException">The store can't take it now.</exception>
    ValueTask<FileCreation> CreateAsync(StoredFile file, int maxOpen, long maxTotalBytes, CancellationToken cancellationToken);

    /// <summary>The file, or null where there is none.</summary>
    ValueTask<StoredFile?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps how far an upload is, and that it is whole; false where it has gone, was whole before, or where another's turn has
    /// begun since.
    /// </summary>
    ValueTask<bool> AdvanceAsync(StoredFile file, CancellationToken cancellationToken);

    /// <summary>Begins a node's turn to write an upload.</summary>
    /// <param name="seen">The upload: nobody writes it, or one who can't any more.</param>
    /// <param name="node">The node.</param>
    /// <param name="cancellationToken">Withdraws it as long as it has not begun.</param>
    /// <returns>False where the upload is another than was seen: gone, whole, or somebody else's turn.</returns>
    ValueTask<bool> TakeTurnAsync(StoredFile seen, string node, CancellationToken cancellationToken);

    /// <summary>Lets whoever writes an upload know that somebody waits.</summary>
    ValueTask WantTurnAsync(StoredFile seen, CancellationToken cancellationToken);

    /// <summary>Keeps what has come of an upload, for others to see, as long as that turn lasts.</summary>
    ValueTask TellArrivedAsync(string id, long turn, long arrived, long expected, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Ends a turn, if it still is that one's.</summary>
    ValueTask EndTurnAsync(string id, long turn, CancellationToken cancellationToken);

    /// <summary>How many bytes all files have, each counted as long as it was said to be.</summary>
    ValueTask<long> CountBytesAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Makes a whole file one that a job's work made, in place of the one of that name; false where the
    /// attempt is over or another's, or the job has gone, and nothing was written.
    /// </summary>
    ValueTask<bool> KeepDerivedAsync(StoredFile file, AttemptFence fence, CancellationToken cancellationToken);

    /// <summary>A job's files: those its input names in the order they were made, then what its work made, by name.</summary>
    ValueTask<IReadOnlyList<JobFile>> ListOfJobAsync(JobId job, CancellationToken cancellationToken);

    /// <summary>Removes a file. One that is whole and used by a job only where <paramref name="evenIfUsed"/> is set.</summary>
    ValueTask<bool> RemoveAsync(string id, bool evenIfUsed, CancellationToken cancellationToken);

    /// <summary>Removes what is not whole of a job's files, unless another job needs it too; returns what went.</summary>
    ValueTask<IReadOnlyList<string>> RemoveIncompleteAsync(JobId job, CancellationToken cancellationToken);

    /// <summary>
    /// Files that are not whole or that no job uses, untouched since <paramref name="cutoff"/>, the longest untouched first.
    /// </summary>
    /// <param name="cutoff">The moment.</param>
    /// <param name="skip">How many of them to pass over: those that were looked at and stay.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<string>> ListStaleAsync(DateTimeOffset cutoff, int skip, int limit, CancellationToken cancellationToken);

    /// <summary>Files that are not whole and never will be, once the request that sent them is gone.</summary>
    ValueTask<IReadOnlyList<string>> ListUnresumableAsync(CancellationToken cancellationToken);

    /// <summary>All files that should have bytes.</summary>
    ValueTask<IReadOnlyList<StoredFile>> ListAsync(string after, int limit, CancellationToken cancellationToken);

    /// <summary>Removed files whose bytes may still be there.</summary>
    ValueTask<IReadOnlyList<string>> ListRemovedAsync(int limit, CancellationToken cancellationToken);

    /// <summary>The bytes of these are gone.</summary>
    ValueTask ForgetRemovedAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken);
}

/// <summary>What came of adding a file.</summary>
internal enum FileCreation
{
    /// <summary>It is there.</summary>
    Created,

    /// <summary>Its owner has too many already; nothing was written.</summary>
    TooMany,

    /// <summary>All files together would be too large; nothing was written.</summary>
    NoRoom,
}

using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Workloads;

/// <summary>
/// What a part of the server keeps for its owners beside jobs and their files, such as documents: register an implementation,
/// and it counts towards what they may store.
/// </summary>
public interface IOwnedStorage
{
    /// <summary>How many bytes an owner has here.</summary>
    /// <exception cref="StorageUnavailableException">They can't be counted now.</exception>
    ValueTask<long> CountBytesAsync(string owner, CancellationToken cancellationToken);
}

using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Workloads;

/// <summary>How much owners may store, all that is kept for them together.</summary>
public interface IStorageAllowance
{
    /// <summary>Refuses more bytes than an owner has room for; to be asked before they are kept.</summary>
    /// <param name="owner">Whose they are.</param>
    /// <param name="bytes">How many there will be beside those that are kept; 0 where that is not known, for any room at all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="WorkloadException"><c>quota_storage</c>.</exception>
    /// <exception cref="StorageUnavailableException">What is kept can't be counted now.</exception>
    ValueTask RequireRoomAsync(string owner, long bytes, CancellationToken cancellationToken);
}

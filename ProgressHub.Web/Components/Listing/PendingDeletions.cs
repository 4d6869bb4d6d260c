using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Hosting;

namespace ProgressHub.Web.Components.Listing;

/// <summary>
/// Jobs that are about to be deleted: they are out of sight at once, and are deleted a moment later, unless that is taken
/// back. Where the reader's page goes before, they stay.
/// </summary>
internal sealed class PendingDeletions(JobService jobs, ICaller caller, TimeProvider time) : IDisposable
{
    /// <summary>How long it can be taken back.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(8);

    private readonly CancellationTokenSource _gone = new();
    private readonly HashSet<JobId> _hidden = [];

    /// <summary>Other jobs are hidden than before.</summary>
    public event Action? Changed;

    /// <summary>Whether a job is out of sight.</summary>
    public bool Hides(JobId job) => _hidden.Contains(job);

    /// <summary>Hides jobs, and deletes them once nobody has taken that back in time.</summary>
    /// <returns>How many were deleted; null where it was taken back.</returns>
    /// <exception cref="StorageUnavailableException">The store can't be written; those that are left are in sight again.</exception>
    public async Task<int?> DeleteAsync(IReadOnlyList<JobId> doomed, CancellationToken undo)
    {
        _hidden.UnionWith(doomed);
        Changed?.Invoke();
        var deleted = 0;
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(undo, _gone.Token);
            await Task.Delay(Grace, time, either.Token);
            foreach (var job in doomed)
                deleted += await TryDeleteAsync(job) ? 1 : 0;
            return deleted;
        }
        catch (OperationCanceledException) when (undo.IsCancellationRequested || _gone.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            _hidden.ExceptWith(doomed);
            Changed?.Invoke();
        }
    }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    private async Task<bool> TryDeleteAsync(JobId job)
    {
        try
        {
            return await jobs.DeleteAsync(job, caller.Owner, CancellationToken.None);
        }
        catch (JobConflictException)
        {
            return false;
        }
    }
}

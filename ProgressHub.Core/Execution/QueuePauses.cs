using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Execution;

/// <summary>
/// What may not begin now, for whoever shows it: many pages ask, so it is read once a second at most. Claims don't ask here;
/// the store gives them nothing that is paused.
/// </summary>
internal sealed class QueuePauses(IQueuePauseStore store, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private volatile Page? _page;

    /// <summary>What is paused, at most a second old: that of all jobs first, then by kind.</summary>
    /// <exception cref="StorageUnavailableException">Nobody can say now.</exception>
    public async ValueTask<IReadOnlyList<QueuePause>> ReadAsync(CancellationToken cancellationToken)
    {
        if (_page is { } page && time.GetElapsedTime(page.ReadAt) < Fresh)
            return page.Pauses;
        var now = time.GetTimestamp();
        var pauses = await store.ListAsync(cancellationToken);
        _page = new Page(pauses, now);
        return pauses;
    }

    /// <summary>Something was changed at this node: the next to ask reads it anew. Called on any thread; it must not block.</summary>
    public event Action? Changed;

    /// <summary>Something was changed here.</summary>
    public void Forget()
    {
        _page = null;
        Changed?.Invoke();
    }

    private sealed record Page(IReadOnlyList<QueuePause> Pauses, long ReadAt);
}

using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Webhooks;

/// <summary>What can be asked of webhooks; that of somebody else's job does not exist.</summary>
public sealed class WebhookService
{
    private readonly IWebhookStore _store;
    private readonly WebhookDispatcher _dispatcher;
    private readonly WebhookChanges _changes;
    private readonly TimeProvider _time;

    internal WebhookService(IWebhookStore store, WebhookDispatcher dispatcher, WebhookChanges changes, TimeProvider time) =>
        (_store, _dispatcher, _changes, _time) = (store, dispatcher, changes, time);

    /// <summary>The webhook of a job; null where the owner has no such job, or it has none.</summary>
    public async ValueTask<WebhookView?> FindAsync(JobId id, string owner, CancellationToken cancellationToken) =>
        await _store.FindAsync(id, cancellationToken) is { } webhook && webhook.Owner == owner
            ? WebhookView.Of(webhook, await _store.ListAsync(id, IWebhookStore.KeptDeliveries, cancellationToken))
            : null;

    /// <inheritdoc cref="IWebhookStore.ListOwnedAsync"/>
    internal ValueTask<ListPage<OwnedWebhook>> ListAsync(
        string owner, string? state, long? before, int limit, CancellationToken cancellationToken) =>
        _store.ListOwnedAsync(owner, state, before, limit, cancellationToken);

    /// <summary>Sends all messages of a job again that were given up; how many those are.</summary>
    /// <exception cref="StorageUnavailableException">The store can't take it now.</exception>
    internal async ValueTask<int> RetryFailedAsync(JobId id, string owner, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, owner, cancellationToken) is not { } view)
            return 0;
        var sent = 0;
        foreach (var delivery in view.Deliveries.Where(d => d.State == "failed"))
            sent += await RetryAsync(id, owner, delivery.EventSeq, cancellationToken) ? 1 : 0;
        return sent;
    }

    /// <summary>Sends a message again, whatever became of it, under the same id; false where there is none.</summary>
    /// <exception cref="StorageUnavailableException">The store can't take it now.</exception>
    public async ValueTask<bool> RetryAsync(JobId id, string owner, long seq, CancellationToken cancellationToken)
    {
        if (await _store.FindAsync(id, cancellationToken) is not { } webhook || webhook.Owner != owner
            || !await _store.RetryAsync(id, seq, _time.GetUtcNow(), cancellationToken))
            return false;
        _dispatcher.Signal();
        _changes.Tell(id);
        return true;
    }

    /// <summary>
    /// Calls back after every change of a job's webhook, on any thread, until what is returned is disposed. It must not
    /// block; whoever is called reads anew what may be seen.
    /// </summary>
    public IDisposable Watch(JobId id, Action changed) => _changes.Watch(id, changed);
}

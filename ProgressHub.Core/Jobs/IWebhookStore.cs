namespace ProgressHub.Core.Jobs;

/// <summary>
/// The durable outbox of webhooks. A webhook is created together with its job, and goes with it. Its deliveries are a
/// lane: they are made in the order of their events, and only the first that is pending is ever due.
/// </summary>
internal interface IWebhookStore
{
    /// <summary>How many deliveries of a webhook are kept once they are settled.</summary>
    const int KeptDeliveries = 100;

    /// <summary>How many attempts of a delivery are kept.</summary>
    const int KeptAttempts = 10;

    /// <summary>The webhook of a job, or null.</summary>
    ValueTask<Webhook?> FindAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>The webhooks that have not seen the end of their job's log.</summary>
    ValueTask<IReadOnlyList<FollowedWebhook>> ListFollowingAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Moves the cursor on and queues deliveries, all or nothing. A <c>progress</c> that is queued and was never tried
    /// gives way to a later one right behind it.
    /// </summary>
    /// <param name="id">The job.</param>
    /// <param name="cursor">The last <c>seq</c> looked at; where the stored one is not below it, nothing changes.</param>
    /// <param name="isEnd">Whether that is the end of the log.</param>
    /// <param name="deliveries">What to deliver; of a disabled webhook nothing is queued.</param>
    /// <param name="now">The moment from which it is due.</param>
    /// <param name="cancellationToken">Withdraws it as long as it has not begun.</param>
    ValueTask EnqueueAsync(
        JobId id, long cursor, bool isEnd, IReadOnlyList<WebhookDelivery> deliveries, DateTimeOffset now,
        CancellationToken cancellationToken);

    /// <summary>The hosts to which something is due, the longest due first.</summary>
    ValueTask<IReadOnlyList<string>> ListDueHostsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>The jobs of which something is due to a host, the longest due first.</summary>
    ValueTask<IReadOnlyList<JobId>> ListDueAsync(
        string host, DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>The first moment after now at which something becomes due, or null.</summary>
    ValueTask<DateTimeOffset?> NextDueAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The first delivery of a job that is pending, or null.</summary>
    ValueTask<WebhookDelivery?> FindNextAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>Claims a pending delivery that is due, for whoever is about to send it: nobody else finds it due until the claim is over.</summary>
    /// <returns>False where it is not due, or somebody has claimed it.</returns>
    ValueTask<bool> ClaimAsync(JobId id, long seq, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Keeps what came of an attempt.</summary>
    ValueTask RecordAsync(JobId id, WebhookOutcome outcome, CancellationToken cancellationToken);

    /// <summary>Makes a delivery due now, whatever became of it, and the webhook active; false where there is none.</summary>
    ValueTask<bool> RetryAsync(JobId id, long seq, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>An owner's webhooks, those of the newest jobs first.</summary>
    /// <param name="owner">Whose.</param>
    /// <param name="state">Only those that stand so, one of <see cref="WebhookStates"/>; null for all.</param>
    /// <param name="before">The <see cref="ListPage{T}.Next"/> of the page before; null for the first.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<ListPage<OwnedWebhook>> ListOwnedAsync(
        string owner, string? state, long? before, int limit, CancellationToken cancellationToken);

    /// <summary>The last deliveries of a job, in the order of their events.</summary>
    ValueTask<IReadOnlyList<WebhookDelivery>> ListAsync(JobId id, int limit, CancellationToken cancellationToken);
}

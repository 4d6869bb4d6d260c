using Microsoft.Extensions.Options;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Nodes;

namespace ProgressHub.Core.Webhooks;

/// <summary>
/// The part of the outbox that this node looks after: all that goes to one host is one node's, so that the bound of a host holds over
/// all nodes. While nodes come and go two may hold the same host for theirs; then a delivery is the node's that has claimed it.
/// </summary>
internal sealed class WebhookOutbox(IWebhookStore store, INodes nodes, IOptions<WebhookOptions> options, TimeProvider time)
{
    // A claim outlasts the message and what is kept of it. Once a node has died in between, another sends when it is over.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AloneLook = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SharedLook = TimeSpan.FromSeconds(1);

    /// <summary>Whether others may put something in, or leave something behind.</summary>
    public bool IsShared => nodes.AreSeveral;

    /// <summary>How long to wait at most before looking for what is due.</summary>
    public TimeSpan Look => IsShared ? SharedLook : AloneLook;

    /// <summary>Whether what goes to a host is sent from here now.</summary>
    public bool IsOurs(string host) => nodes.Owns(host);

    /// <summary>The webhook of a job; null where it is not for this node, or its log was followed to the end.</summary>
    public async ValueTask<Webhook?> FindFollowingAsync(JobId id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { IsFollowing: true } webhook && IsOurs(webhook.Target.Host) ? webhook : null;

    /// <summary>The jobs that are to be followed from here.</summary>
    public async ValueTask<IReadOnlyList<JobId>> ListFollowingAsync(CancellationToken cancellationToken) =>
        [.. (await store.ListFollowingAsync(cancellationToken)).Where(webhook => IsOurs(webhook.Host)).Select(webhook => webhook.Job)];

    /// <inheritdoc cref="IWebhookStore.EnqueueAsync"/>
    public ValueTask EnqueueAsync(
        JobId id, long cursor, bool isEnd, IReadOnlyList<WebhookDelivery> deliveries, CancellationToken cancellationToken) =>
        store.EnqueueAsync(id, cursor, isEnd, deliveries, time.GetUtcNow(), cancellationToken);

    /// <summary>The hosts to which something is due from here, the longest due first.</summary>
    public async ValueTask<IReadOnlyList<string>> ListDueHostsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        // Those of other nodes may stand before ours, and are not to keep them from being seen.
        for (var looked = limit; ; looked *= 4)
        {
            var due = await store.ListDueHostsAsync(now, looked, cancellationToken);
            string[] ours = [.. due.Where(IsOurs).Take(limit)];
            if (ours.Length == limit || due.Count < looked)
                return ours;
        }
    }

    /// <inheritdoc cref="IWebhookStore.ListDueAsync"/>
    public ValueTask<IReadOnlyList<JobId>> ListDueAsync(string host, DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        store.ListDueAsync(host, now, limit, cancellationToken);

    /// <inheritdoc cref="IWebhookStore.NextDueAsync"/>
    public ValueTask<DateTimeOffset?> NextDueAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        store.NextDueAsync(now, cancellationToken);

    /// <summary>A job's first pending delivery, to be sent now by nobody else; null where it is not due, or another node sends it.</summary>
    public async ValueTask<(Webhook Webhook, WebhookDelivery Delivery)?> TakeNextAsync(JobId id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await store.FindAsync(id, cancellationToken) is { } webhook
            && await store.FindNextAsync(id, cancellationToken) is { } delivery
            && delivery.NextAttemptAt <= now
            && (!IsShared || await store.ClaimAsync(id, delivery.Seq, now, now + options.Value.Timeout + Settling, cancellationToken))
                ? (webhook, delivery)
                : null;
    }

    /// <inheritdoc cref="IWebhookStore.RecordAsync"/>
    public ValueTask RecordAsync(JobId id, WebhookOutcome outcome, CancellationToken cancellationToken) =>
        store.RecordAsync(id, outcome, cancellationToken);
}

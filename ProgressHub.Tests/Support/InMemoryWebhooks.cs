using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Support;

/// <summary>The outbox in memory, keeping the contract of the real one.</summary>
internal sealed class InMemoryWebhooks : IWebhookStore, IDefaultWebhookStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<JobId, Row> _rows = [];
    private readonly Dictionary<string, DefaultWebhook> _defaults = [];

    public void Create(Job job, NewWebhook webhook)
    {
        lock (_gate)
        {
            _rows[job.Id] = new Row
            {
                Title = job.Title,
                Webhook = new Webhook { JobId = job.Id, Owner = job.Owner, Target = webhook, IsFollowing = true },
            };
        }
    }

    ValueTask<DefaultWebhook?> IDefaultWebhookStore.FindAsync(string owner, CancellationToken cancellationToken) =>
        Locked(() => _defaults.GetValueOrDefault(owner));

    async ValueTask IDefaultWebhookStore.KeepAsync(string owner, DefaultWebhook webhook, CancellationToken cancellationToken) =>
        await Locked(() => _defaults[owner] = webhook);

    async ValueTask IDefaultWebhookStore.RemoveAsync(string owner, CancellationToken cancellationToken) =>
        await Locked(() => _defaults.Remove(owner));

    public void Purge(JobId id)
    {
        lock (_gate)
            _rows.Remove(id);
    }

    public ValueTask<Webhook?> FindAsync(JobId id, CancellationToken cancellationToken) =>
        Locked(() => _rows.GetValueOrDefault(id)?.Webhook);

    public ValueTask<IReadOnlyList<FollowedWebhook>> ListFollowingAsync(CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<FollowedWebhook>>(() =>
            [.. _rows.Values.Where(r => r.Webhook.IsFollowing).Select(r => new FollowedWebhook(r.Webhook.JobId, r.Webhook.Target.Host))]);

    public async ValueTask EnqueueAsync(
        JobId id, long cursor, bool isEnd, IReadOnlyList<WebhookDelivery> deliveries, DateTimeOffset now,
        CancellationToken cancellationToken) => await Locked(() =>
    {
        if (_rows.GetValueOrDefault(id) is not { Webhook: { IsFollowing: true } webhook } row || (cursor <= webhook.Cursor && !isEnd))
            return false;
        row.Webhook = webhook with { Cursor = cursor, IsFollowing = !isEnd };
        foreach (var delivery in webhook.IsDisabled ? [] : deliveries)
        {
            if (delivery.Type == "progress"
                && row.Deliveries.LastOrDefault().Value is { Type: "progress", State: WebhookDeliveryState.Pending, AttemptCount: 0 } superseded)
                row.Deliveries.Remove(superseded.Seq);
            row.Deliveries.TryAdd(delivery.Seq, delivery with { NextAttemptAt = now });
        }

        foreach (var old in row.Deliveries.Values.SkipLast(IWebhookStore.KeptDeliveries)
            .Where(d => d.State != WebhookDeliveryState.Pending).ToList())
            row.Deliveries.Remove(old.Seq);
        return true;
    });

    public ValueTask<IReadOnlyList<string>> ListDueHostsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<string>>(() => [.. Due(now).Select(r => r.Webhook.Target.Host).Distinct().Take(limit)]);

    public ValueTask<IReadOnlyList<JobId>> ListDueAsync(
        string host, DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<JobId>>(() =>
            [.. Due(now).Where(r => r.Webhook.Target.Host == host).Take(limit).Select(r => r.Webhook.JobId)]);

    public ValueTask<DateTimeOffset?> NextDueAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        Locked(() => _rows.Values.Select(r => r.Next?.NextAttemptAt).Where(at => at > now).Min());

    public ValueTask<WebhookDelivery?> FindNextAsync(JobId id, CancellationToken cancellationToken) =>
        Locked(() => _rows.GetValueOrDefault(id)?.Next);

    public ValueTask<bool> ClaimAsync(JobId id, long seq, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken) => Locked(() =>
    {
        if (_rows.GetValueOrDefault(id) is not { } row
            || row.Deliveries.GetValueOrDefault(seq) is not { State: WebhookDeliveryState.Pending } delivery || !(delivery.NextAttemptAt <= now))
            return false;
        row.Change(seq, d => d with { NextAttemptAt = until });
        return true;
    });

    public async ValueTask RecordAsync(JobId id, WebhookOutcome outcome, CancellationToken cancellationToken) => await Locked(() =>
    {
        if (_rows.GetValueOrDefault(id) is not { } row)
            return false;
        row.Change(outcome.Seq, d => d with
        {
            State = outcome.State, NextAttemptAt = outcome.NextAttemptAt, AttemptCount = d.AttemptCount + 1,
            Attempts = [.. d.Attempts.TakeLast(IWebhookStore.KeptAttempts - 1), outcome.Attempt],
        });
        if (!outcome.Disables)
            return true;
        row.Webhook = row.Webhook with { IsDisabled = true };
        foreach (var seq in row.Deliveries.Values.Where(d => d.State == WebhookDeliveryState.Pending).Select(d => d.Seq).ToList())
            row.Change(seq, d => d with { State = WebhookDeliveryState.Failed, NextAttemptAt = null });
        return true;
    });

    public ValueTask<bool> RetryAsync(JobId id, long seq, DateTimeOffset now, CancellationToken cancellationToken) => Locked(() =>
    {
        if (_rows.GetValueOrDefault(id) is not { } row || !row.Deliveries.ContainsKey(seq))
            return false;
        row.Webhook = row.Webhook with { IsDisabled = false };
        row.Change(seq, d => d with { State = WebhookDeliveryState.Pending });
        foreach (var waiting in row.Deliveries.Values.Where(d => d.Seq <= seq && d.State == WebhookDeliveryState.Pending).ToList())
            row.Change(waiting.Seq, d => d with { NextAttemptAt = now });
        return true;
    });

    public ValueTask<IReadOnlyList<WebhookDelivery>> ListAsync(JobId id, int limit, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<WebhookDelivery>>(() => [.. (_rows.GetValueOrDefault(id)?.Deliveries.Values.ToArray() ?? []).TakeLast(limit)]);

    public ValueTask<ListPage<OwnedWebhook>> ListOwnedAsync(
        string owner, string? state, long? before, int limit, CancellationToken cancellationToken) => Locked(() =>
    {
        var all = _rows.Values.Where(r => r.Webhook.Owner == owner).Reverse().Select(Owned).Where(w => state is null || w.State == state).Skip((int)(before ?? 0)).ToList();
        return new ListPage<OwnedWebhook>([.. all.Take(limit)], all.Count > limit ? (before ?? 0) + limit : null);
    });

    private static OwnedWebhook Owned(Row row)
    {
        long Count(WebhookDeliveryState state) => row.Deliveries.Values.Count(d => d.State == state);
        var (pending, failed) = (Count(WebhookDeliveryState.Pending), Count(WebhookDeliveryState.Failed));
        return new OwnedWebhook
        {
            JobId = row.Webhook.JobId, Title = row.Title, Url = row.Webhook.Target.Url, Pending = pending, Failed = failed,
            Delivered = Count(WebhookDeliveryState.Delivered),
            State = WebhookStates.Of(row.Webhook.IsDisabled, row.Webhook.IsFollowing, pending > 0, failed > 0),
        };
    }

    private IEnumerable<Row> Due(DateTimeOffset now) =>
        _rows.Values.Where(r => r.Next?.NextAttemptAt <= now).OrderBy(r => r.Next!.NextAttemptAt);

    private ValueTask<T> Locked<T>(Func<T> action)
    {
        lock (_gate)
            return ValueTask.FromResult(action());
    }

    private sealed class Row
    {
        public required Webhook Webhook { get; set; }

        public required string Title { get; init; }

        public SortedDictionary<long, WebhookDelivery> Deliveries { get; } = [];

        public WebhookDelivery? Next => Deliveries.Values.FirstOrDefault(d => d.State == WebhookDeliveryState.Pending);

        public void Change(long seq, Func<WebhookDelivery, WebhookDelivery> change)
        {
            if (Deliveries.TryGetValue(seq, out var delivery))
                Deliveries[seq] = change(delivery);
        }
    }
}

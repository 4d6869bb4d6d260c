using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>The outbox of webhooks in a database.</summary>
internal sealed class SqlWebhookStore(SqlStorage storage) : IWebhookStore
{
    public async ValueTask<Webhook?> FindAsync(JobId id, CancellationToken cancellationToken) =>
        await storage.ReadAsync(
            session => session.First(Statements.Find, reader => WebhookRow.Read(id, reader), id.ToString()),
            cancellationToken);

    public async ValueTask<IReadOnlyList<FollowedWebhook>> ListFollowingAsync(CancellationToken cancellationToken) =>
        await storage.ReadAsync(
            session => session.Query(Statements.Following, reader => new FollowedWebhook(JobRow.ReadId(reader, 0), reader.GetString(1))), cancellationToken);

    public async ValueTask EnqueueAsync(
        JobId id, long cursor, bool isEnd, IReadOnlyList<WebhookDelivery> deliveries, DateTimeOffset now,
        CancellationToken cancellationToken) =>
        await storage.WriteAsync(
            session => WebhookStatements.Enqueue(session, id, cursor, isEnd, deliveries, now), 0, 0, cancellationToken);

    public async ValueTask<IReadOnlyList<string>> ListDueHostsAsync(
        DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        await storage.ReadAsync(
            session => session.Query(Statements.DueHosts, reader => reader.GetString(0), Moment.ToStored(now), limit),
            cancellationToken);

    public async ValueTask<IReadOnlyList<JobId>> ListDueAsync(
        string host, DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        await storage.ReadAsync(
            session => session.Query(
                Statements.Due, reader => JobRow.ReadId(reader, 0), host, Moment.ToStored(now), limit),
            cancellationToken);

    public async ValueTask<DateTimeOffset?> NextDueAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        await storage.ReadAsync(
            session => session.Scalar(Statements.NextDue, Moment.ToStored(now)) is long next
                ? Moment.FromStored(next)
                : (DateTimeOffset?)null,
            cancellationToken);

    public async ValueTask<WebhookDelivery?> FindNextAsync(JobId id, CancellationToken cancellationToken) =>
        await storage.ReadAsync(
            session => session.First(Statements.Next, WebhookRow.ReadDelivery, id.ToString()), cancellationToken);

    public async ValueTask<bool> ClaimAsync(
        JobId id, long seq, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken) =>
        await storage.WriteAsync(session => WebhookStatements.Claim(session, id, seq, now, until), 0, 0, cancellationToken);

    public async ValueTask RecordAsync(JobId id, WebhookOutcome outcome, CancellationToken cancellationToken) =>
        await storage.WriteAsync(
            session => WebhookStatements.Record(session, id, outcome), 0,
            outcome.Attempt.ResponseBody?.Length ?? 0, cancellationToken);

    public async ValueTask<bool> RetryAsync(
        JobId id, long seq, DateTimeOffset now, CancellationToken cancellationToken) =>
        await storage.WriteAsync(
            session => WebhookStatements.Retry(session, id, seq, now), 0, 0, cancellationToken);

    public async ValueTask<ListPage<OwnedWebhook>> ListOwnedAsync(
        string owner, string? state, long? before, int limit, CancellationToken cancellationToken)
    {
        // One more than asked for tells whether there is another page.
        var rows = await storage.ReadAsync(
            session => session.Query(
                Statements.Owned, reader => (Place: reader.GetInt64(0), Webhook: WebhookRow.ReadOwned(reader)),
                owner, before ?? long.MaxValue, state ?? "", limit + 1),
            cancellationToken);
        return new ListPage<OwnedWebhook>([.. rows.Take(limit).Select(row => row.Webhook)], rows.Count > limit ? rows[limit - 1].Place : null);
    }

    public async ValueTask<IReadOnlyList<WebhookDelivery>> ListAsync(
        JobId id, int limit, CancellationToken cancellationToken)
    {
        var latest = await storage.ReadAsync(
            session => session.Query(Statements.List, WebhookRow.ReadDelivery, id.ToString(), limit), cancellationToken);
        latest.Reverse();
        return latest;
    }

    private static class Statements
    {
        public static readonly SqlStatement Find = new("""
            SELECT j.owner, w.url, w.host, w.events, w.secret, w.cursor, w.following, w.disabled
            FROM jobs j JOIN webhooks w ON w.job = j.ord WHERE j.id = @id
            """);

        public static readonly SqlStatement Following = new("""
            SELECT j.id, w.host FROM webhooks w JOIN jobs j ON j.ord = w.job WHERE w.following = 1 ORDER BY w.job
            """);

        public static readonly SqlStatement DueHosts = new("""
            SELECT host, MIN(next_at) AS first FROM webhooks WHERE next_at IS NOT NULL AND next_at <= @now
            GROUP BY host ORDER BY first LIMIT @limit
            """);

        public static readonly SqlStatement Due = new("""
            SELECT j.id FROM webhooks w JOIN jobs j ON j.ord = w.job
            WHERE w.host = @host AND w.next_at IS NOT NULL AND w.next_at <= @now ORDER BY w.next_at LIMIT @limit
            """);

        public static readonly SqlStatement NextDue =
            new("SELECT MIN(next_at) FROM webhooks WHERE next_at IS NOT NULL AND next_at > @now");

        public static readonly SqlStatement Next = new($"""
            SELECT {WebhookRow.DeliveryColumns} FROM jobs j JOIN webhook_deliveries d ON d.job = j.ord
            WHERE j.id = @id AND d.state = 'pending' ORDER BY d.seq LIMIT 1
            """);

        public static readonly SqlStatement Owned = new($"""
            SELECT place, id, title, url, state, pending, delivered, failed FROM (
              SELECT x.*, CASE WHEN disabled = 1 THEN '{WebhookStates.Disabled}' WHEN following = 1 OR pending > 0 THEN '{WebhookStates.Active}'
                WHEN failed > 0 THEN '{WebhookStates.Failed}' ELSE '{WebhookStates.Delivered}' END AS state
              FROM (
                SELECT w.job AS place, j.id, j.title, w.url, w.disabled, w.following, {Count("pending")}, {Count("delivered")}, {Count("failed")}
                FROM webhooks w JOIN jobs j ON j.ord = w.job WHERE j.owner = @owner AND w.job < @before) AS x) AS y
            WHERE @state = '' OR state = @state ORDER BY place DESC LIMIT @limit
            """);

        public static readonly SqlStatement List = new($"""
            SELECT {WebhookRow.DeliveryColumns} FROM jobs j JOIN webhook_deliveries d ON d.job = j.ord
            WHERE j.id = @id ORDER BY d.seq DESC LIMIT @limit
            """);

        private static string Count(string state) =>
            $"(SELECT COUNT(*) FROM webhook_deliveries d WHERE d.job = w.job AND d.state = '{state}') AS {state}";
    }
}

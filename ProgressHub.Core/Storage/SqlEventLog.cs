using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>The event log in a database.</summary>
internal sealed class SqlEventLog(SqlStorage storage) : IEventLog
{
    private const int EndsAtOnce = 64;

    private readonly JobListing _listing = new(storage.Dialect, storage.Time);

    public async ValueTask<CreateOutcome> CreateAsync(NewJob job, CancellationToken cancellationToken)
    {
        var create = new PreparedCreate(job);
        return await storage.WriteIfRoomAsync(create.Execute, events: 1, create.Bytes, cancellationToken);
    }

    public async ValueTask<AppendOutcome> AppendAsync(LogAppend append, CancellationToken cancellationToken)
    {
        var prepared = new PreparedAppend(append);
        if (!prepared.IsEssential)
            storage.RequireRoom();
        var begun = storage.Time.GetTimestamp();
        var outcome = await storage.AppendAsync(prepared, cancellationToken);
        if (outcome.IsCommitted)
            storage.Metrics.Appended(prepared.Events, storage.Time.GetElapsedTime(begun));
        return outcome;
    }

    public async ValueTask<bool> RetagAsync(JobSnapshot before, JobSnapshot after, CancellationToken cancellationToken)
    {
        storage.RequireRoom();
        var body = EventJson.Serialize(after);
        return await storage.WriteAsync(
            session => TagStatements.ChangeEnded(session, before, after, body), 0, body.Length, cancellationToken);
    }

    public ValueTask<IReadOnlyList<EventFrame>> ReadAsync(
        JobId id, long after, int limit, CancellationToken cancellationToken) =>
        ReadPageAsync(Statements.Read, id, after, limit, cancellationToken);

    public ValueTask<IReadOnlyList<EventFrame>> ReadPartialsAsync(
        JobId id, int afterItem, int limit, CancellationToken cancellationToken) =>
        ReadPageAsync(Statements.ReadPartials, id, afterItem, limit, cancellationToken);

    public ValueTask<IReadOnlyList<EventFrame>> ReadPartialsSinceAsync(
        JobId id, long after, int limit, CancellationToken cancellationToken) =>
        ReadPageAsync(Statements.ReadPartialsSince, id, after, limit, cancellationToken);

    public async ValueTask<StoredSnapshot?> FindSnapshotAsync(JobId id, CancellationToken cancellationToken) =>
        await storage.ReadAsync(
            session => session.First(
                Statements.Snapshot,
                reader => new StoredSnapshot(
                    reader.GetString(0), EventJson.DeserializeSnapshot(RowSum.ReadBody(reader, body: 1, sum: 2, reader.GetInt64(3)))),
                id.ToString()),
            cancellationToken);

    public async ValueTask<ListPage<JobSnapshot>> ListAsync(JobQuery query, CancellationToken cancellationToken) =>
        await storage.ReadAsync(session => _listing.Read(session, query), cancellationToken);

    public async ValueTask<IReadOnlyDictionary<JobState, long>> CountAsync(JobQuery query, CancellationToken cancellationToken) =>
        await storage.ReadAsync(session => _listing.Count(session, query), cancellationToken);

    public async ValueTask<EndedJobs> ListEndedAsync(
        string owner, long after, int limit, CancellationToken cancellationToken) =>
        await storage.ReadAsync(
            session => EndingStatements.Read(session, owner, after, Math.Max(limit, 0)), cancellationToken);

    public async ValueTask<IReadOnlyDictionary<JobId, long>> ReadEndsAsync(
        IReadOnlyList<JobId> jobs, CancellationToken cancellationToken) =>
        await storage.ReadAsync(
            session => jobs.Chunk(EndsAtOnce).SelectMany(chunk => session.Query(
                Statements.Ends, reader => KeyValuePair.Create(JobRow.ReadId(reader, 0), reader.GetInt64(1)),
                [.. Enumerable.Range(0, EndsAtOnce).Select(i => chunk[Math.Min(i, chunk.Length - 1)].ToString())])).ToDictionary(),
            cancellationToken);

    public async ValueTask<IReadOnlyDictionary<JobId, long>> ReadRecentEndsAsync(
        string owner, DateTimeOffset since, CancellationToken cancellationToken) =>
        await storage.ReadAsync(
            session => session.Query(
                Statements.RecentEnds, reader => KeyValuePair.Create(JobRow.ReadId(reader, 0), reader.GetInt64(1)),
                owner, Moment.ToStored(since)).ToDictionary(),
            cancellationToken);

    private async ValueTask<IReadOnlyList<EventFrame>> ReadPageAsync(
        SqlStatement statement, JobId id, long after, int limit, CancellationToken cancellationToken) =>
        await storage.ReadAsync(
            session => session.Query(
                statement, reader => EventRow.ReadFrame(id, reader), id.ToString(), after, Math.Max(limit, 0)),
            cancellationToken);

    private static class Statements
    {
        public static readonly SqlStatement Read = new("""
            SELECT e.seq, e.type, e.item, e.body, e.body_sum FROM jobs j JOIN events e ON e.job = j.ord
            WHERE j.id = @id AND e.seq > @after ORDER BY e.seq LIMIT @limit
            """);

        public static readonly SqlStatement ReadPartials = new("""
            SELECT e.seq, e.type, e.item, e.body, e.body_sum
            FROM (SELECT p.job, p.item, MAX(p.seq) AS seq FROM events p
                  WHERE p.job = (SELECT ord FROM jobs WHERE id = @id) AND p.item IS NOT NULL AND p.item > @after
                  GROUP BY p.job, p.item ORDER BY p.job, p.item LIMIT @limit) AS latest
            JOIN events e ON e.job = latest.job AND e.seq = latest.seq
            ORDER BY latest.item
            """);

        public static readonly SqlStatement ReadPartialsSince = new("""
            SELECT e.seq, e.type, e.item, e.body, e.body_sum FROM jobs j JOIN events e ON e.job = j.ord
            WHERE j.id = @id AND e.seq > @after AND e.item IS NOT NULL ORDER BY e.seq LIMIT @limit
            """);

        // Always the same number of parameters, so that it is prepared once.
        public static readonly SqlStatement Ends = new(
            $"SELECT id, last_seq FROM jobs WHERE id IN ({string.Join(", ", Enumerable.Range(0, EndsAtOnce).Select(i => $"@id{i}"))})");

        // Each part by an index of its own, whatever else the owner has.
        public static readonly SqlStatement RecentEnds = new("""
            SELECT id, last_seq FROM jobs WHERE owner = @owner AND state IN ('running', 'waitingForInput', 'canceling')
            UNION SELECT id, last_seq FROM
              (SELECT id, last_seq, created_at FROM jobs WHERE owner = @owner AND state = 'queued' ORDER BY ord DESC LIMIT 500) AS s0
              WHERE created_at >= @since
            UNION SELECT id, last_seq FROM
              (SELECT id, last_seq, finished_at FROM jobs WHERE owner = @owner AND ending IS NOT NULL ORDER BY ending DESC LIMIT 500) AS s1
              WHERE finished_at >= @since
            """);

        public static readonly SqlStatement Snapshot = new("SELECT owner, snapshot, snapshot_sum, last_seq FROM jobs WHERE id = @id");
    }
}

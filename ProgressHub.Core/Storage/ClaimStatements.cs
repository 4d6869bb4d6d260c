using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>Gives queued jobs to whoever will run them, each exactly once.</summary>
internal sealed class ClaimStatements(SqlDialect dialect)
{
    private readonly SqlStatement _waiting = Waiting(dialect, "");
    private readonly SqlStatement _moved = Moved(dialect, "");
    private readonly BoundedQueue _bounded = new(
        Waiting(dialect, $"AND ord > @after AND NOT {dialect.IsAmong("owner", "@full")}"),
        Moved(dialect, $"AND moved_to > @after AND NOT {dialect.IsAmong("owner", "@full")}"));

    private readonly SqlStatement _start = new("""
        UPDATE jobs SET state = @state, attempt = @attempt, started_at = @started, run_after = NULL, moved_to = NULL, node = @node
        WHERE ord = @ord AND state = 'queued'
        """);

    /// <summary>Claims on the writer: between its reading and its writing nothing else changes.</summary>
    public IReadOnlyList<Job> Claim(SqlSession session, ClaimRequest request)
    {
        var owners = request.Running is { } bounds ? OwnerRoom.Read(session, bounds) : null;

        // The first of each kind, no more than it has slots; of those the first of all.
        List<(long Ord, Job Job)> chosen =
        [
            .. First(session, request.FreeSlots, request.Limit, request.Now, owners),
            .. First(session, request.RemoteSlots, int.MaxValue, request.Now, owners),
        ];
        var started = chosen.ConvertAll(row => (row.Ord, Job: row.Job.Start(request.Now, request.Node)));
        session.ExecuteTogether(
            _start, started.ConvertAll(row => new object?[]
            {
                row.Job.State.Name(), row.Job.Attempt, Moment.ToStored(row.Job.StartedAt), row.Job.Node, row.Ord,
            }));
        return started.ConvertAll(row => row.Job);
    }

    private static SqlStatement Waiting(SqlDialect dialect, string among) => new($"""
        SELECT {JobRow.Columns}, CAST(ord AS DOUBLE PRECISION) AS place FROM jobs
        WHERE state = 'queued' AND kind = @kind AND (run_after IS NULL OR run_after <= @now) AND moved_to IS NULL
          AND {SqlQueuePauseStore.MayBegin} {among}
        ORDER BY ord LIMIT @slots {dialect.LockForClaim}
        """);

    private static SqlStatement Moved(SqlDialect dialect, string among) => new($"""
        SELECT {JobRow.Columns}, moved_to FROM jobs
        WHERE state = 'queued' AND kind = @kind AND (run_after IS NULL OR run_after <= @now) AND moved_to IS NOT NULL
          AND {SqlQueuePauseStore.MayBegin} {among}
        ORDER BY moved_to LIMIT @slots {dialect.LockForClaim}
        """);

    private List<(long Ord, Job Job)> First(
        SqlSession session, IReadOnlyDictionary<string, int> freeSlots, int limit, DateTimeOffset now, OwnerRoom? owners)
    {
        if (owners is not null)
            return _bounded.First(session, freeSlots, limit, now, owners);
        List<(double Place, (long Ord, Job Job) Row)> waiting = [];
        foreach (var (kind, slots) in freeSlots)
        {
            var wanted = Math.Min(slots, limit);
            if (wanted <= 0)
                continue;
            waiting.AddRange(session.Query(_moved, BoundedQueue.ReadPlace, kind, Moment.ToStored(now), wanted));
            waiting.AddRange(session.Query(_waiting, BoundedQueue.ReadPlace, kind, Moment.ToStored(now), wanted));
        }

        var left = freeSlots.ToDictionary();
        return
        [
            .. waiting.OrderBy(entry => entry.Place).Select(entry => entry.Row)
                .Where(row => left[row.Job.Kind]-- > 0).Take(Math.Max(limit, 0)),
        ];
    }
}

using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>Gives queued jobs to whoever will run them, each exactly once.</summary>
internal sealed class ClaimStatements(SqlDialect dialect)
{
    private readonly SqlStatement _waiting = new($"""
        SELECT {JobRow.Columns} FROM jobs
        WHERE state = 'queued' AND kind = @kind AND (run_after IS NULL OR run_after <= @now)
        ORDER BY ord LIMIT @slots {dialect.LockForClaim}
        """);

    private readonly SqlStatement _start = new("""
        UPDATE jobs SET state = @state, attempt = @attempt, started_at = @started, run_after = NULL, node = @node
        WHERE ord = @ord AND state = 'queued'
        """);

    /// <summary>Claims on the writer: between its reading and its writing nothing else changes.</summary>
    public IReadOnlyList<Job> Claim(SqlSession session, ClaimRequest request)
    {
        // The oldest of each kind, no more than it has slots; of those the oldest of all.
        List<(long Ord, Job Job)> chosen =
        [
            .. Oldest(session, request.FreeSlots, request.Limit, request.Now),
            .. Oldest(session, request.RemoteSlots, int.MaxValue, request.Now),
        ];
        return [.. chosen.Select(row => Start(session, row.Ord, row.Job, request))];
    }

    private IEnumerable<(long Ord, Job Job)> Oldest(
        SqlSession session, IReadOnlyDictionary<string, int> freeSlots, int limit, DateTimeOffset now)
    {
        List<(long Ord, Job Job)> waiting = [];
        foreach (var (kind, slots) in freeSlots)
        {
            var wanted = Math.Min(slots, limit);
            if (wanted > 0)
                waiting.AddRange(session.Query(_waiting, JobRow.Read, kind, Moment.ToStored(now), wanted));
        }

        return waiting.OrderBy(row => row.Ord).Take(Math.Max(limit, 0));
    }

    private Job Start(SqlSession session, long ord, Job queued, ClaimRequest request)
    {
        var job = queued.Start(request.Now);
        session.Execute(
            _start, job.State.Name(), job.Attempt, Moment.ToStored(job.StartedAt), request.Node, ord);
        return job;
    }
}

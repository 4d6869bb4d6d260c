using System.Data.Common;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>Gives queued jobs to whoever will run them, each exactly once.</summary>
internal sealed class ClaimStatements(SqlDialect dialect)
{
    private readonly SqlStatement _waiting = new($"""
        SELECT {JobRow.Columns}, CAST(ord AS DOUBLE PRECISION) AS place FROM jobs
        WHERE state = 'queued' AND kind = @kind AND (run_after IS NULL OR run_after <= @now) AND moved_to IS NULL
        ORDER BY ord LIMIT @slots {dialect.LockForClaim}
        """);

    private readonly SqlStatement _moved = new($"""
        SELECT {JobRow.Columns}, moved_to FROM jobs
        WHERE state = 'queued' AND kind = @kind AND (run_after IS NULL OR run_after <= @now) AND moved_to IS NOT NULL
        ORDER BY moved_to LIMIT @slots {dialect.LockForClaim}
        """);

    private readonly SqlStatement _start = new("""
        UPDATE jobs SET state = @state, attempt = @attempt, started_at = @started, run_after = NULL, moved_to = NULL, node = @node
        WHERE ord = @ord AND state = 'queued'
        """);

    /// <summary>Claims on the writer: between its reading and its writing nothing else changes.</summary>
    public IReadOnlyList<Job> Claim(SqlSession session, ClaimRequest request)
    {
        // The first of each kind, no more than it has slots; of those the first of all.
        List<(long Ord, Job Job)> chosen =
        [
            .. First(session, request.FreeSlots, request.Limit, request.Now),
            .. First(session, request.RemoteSlots, int.MaxValue, request.Now),
        ];
        return [.. chosen.Select(row => Start(session, row.Ord, row.Job, request))];
    }

    private IEnumerable<(long Ord, Job Job)> First(
        SqlSession session, IReadOnlyDictionary<string, int> freeSlots, int limit, DateTimeOffset now)
    {
        List<(double Place, (long Ord, Job Job) Row)> waiting = [];
        foreach (var (kind, slots) in freeSlots)
        {
            var wanted = Math.Min(slots, limit);
            if (wanted <= 0)
                continue;
            waiting.AddRange(session.Query(_moved, ReadPlace, kind, Moment.ToStored(now), wanted));
            waiting.AddRange(session.Query(_waiting, ReadPlace, kind, Moment.ToStored(now), wanted));
        }

        var left = freeSlots.ToDictionary();
        return waiting.OrderBy(entry => entry.Place).Select(entry => entry.Row)
            .Where(row => left[row.Job.Kind]-- > 0).Take(Math.Max(limit, 0));
    }

    private static (double Place, (long Ord, Job Job) Row) ReadPlace(DbDataReader reader) =>
        (reader.GetDouble(reader.FieldCount - 1), JobRow.Read(reader));

    private Job Start(SqlSession session, long ord, Job queued, ClaimRequest request)
    {
        var job = queued.Start(request.Now, request.Node);
        session.Execute(
            _start, job.State.Name(), job.Attempt, Moment.ToStored(job.StartedAt), job.Node, ord);
        return job;
    }
}

using ProgressHub.Core.Events;

namespace ProgressHub.Core.Storage;

/// <summary>Numbers the ends of an owner's jobs, and finds those after a number.</summary>
internal static class EndingStatements
{
    private static readonly SqlStatement Take = new("""
        INSERT INTO endings (owner, last) SELECT owner, 1 FROM jobs WHERE ord = @ord
        ON CONFLICT (owner) DO UPDATE SET last = endings.last + 1
        RETURNING last
        """);

    private static readonly SqlStatement Note = new("UPDATE jobs SET ending = @ending WHERE ord = @ord");

    private static readonly SqlStatement Find = new("SELECT ending FROM jobs WHERE id = @id");

    private static readonly SqlStatement Last = new("SELECT last FROM endings WHERE owner = @owner");

    // One damaged job must not keep those of all others from whoever was away; whoever opens it is told.
    private static readonly SqlStatement After = new("""
        SELECT e.seq, e.type, e.item, e.body, NULL, j.ending, j.snapshot
        FROM jobs j JOIN events e ON e.job = j.ord AND e.seq = j.last_seq
        WHERE j.owner = @owner AND j.ending IS NOT NULL AND j.ending > @after ORDER BY j.ending LIMIT @limit
        """);

    /// <summary>Gives a job that ends now its number.</summary>
    public static long? Number(SqlSession session, long ord)
    {
        var ending = (long?)session.Scalar(Take, ord);
        session.Execute(Note, ending, ord);
        return ending;
    }

    /// <summary>The number of a job that has ended.</summary>
    public static long? NumberOf(SqlSession session, string id) => session.Scalar(Find, id) as long?;

    /// <summary>Reads a page. The last number is read first: what ends in between is on the page at most too early.</summary>
    public static EndedJobs Read(SqlSession session, string owner, long after, int limit)
    {
        var last = session.Scalar(Last, owner) as long? ?? 0;
        var jobs = session.Query(
            After,
            reader =>
            {
                var snapshot = EventJson.DeserializeSnapshot(reader.GetFieldValue<byte[]>(6));
                return new EndedJob(reader.GetInt64(5), snapshot, EventRow.ReadFrame(snapshot.JobId, reader));
            },
            owner, after, limit);
        return new EndedJobs(jobs, last);
    }
}

using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>
/// Removes jobs. The row goes first and the tombstone comes with it, so that the job is gone for everybody at once; its
/// events follow in slices, because one commit over a million of them would hold up every other write. A job of one slice
/// goes in that first commit, and no purge waits for another's. What a crash leaves over stands in <c>purges</c>, and the next
/// sweep or start goes on with it.
/// </summary>
internal static class PurgeStatements
{
    private const int SliceEvents = 1000;
    private const long SliceBytes = 4 * 1024 * 1024;

    private static readonly SqlStatement Finished =
        new("SELECT ord, owner FROM jobs WHERE id = @id AND finished_at IS NOT NULL");

    private static readonly SqlStatement Tombstone =
        new("INSERT INTO tombstones (id, owner, purged_at) VALUES (@id, @owner, @at)");

    private static readonly SqlStatement Remember = new("INSERT INTO purges (job) VALUES (@job)");

    private static readonly SqlStatement[] Visible =
    [
        .. FileStatements.PurgeJob,
        new("DELETE FROM idempotency WHERE job = @job"),
        new("DELETE FROM job_tags WHERE job = @job"),
        new("DELETE FROM webhooks WHERE job = @job"),
        new("DELETE FROM jobs WHERE ord = @job"),
    ];

    private static readonly SqlStatement[] Rest =
    [
        new("DELETE FROM job_inputs WHERE job = @job"),
        new("DELETE FROM checkpoints WHERE job = @job"),
        new("DELETE FROM results WHERE job = @job"),
        new("DELETE FROM webhook_deliveries WHERE job = @job"),
        new("DELETE FROM purges WHERE job = @job"),
    ];

    private static readonly SqlStatement Next = new("SELECT MIN(job) FROM purges");

    private static readonly SqlStatement Slice =
        new("SELECT seq, LENGTH(body) FROM events WHERE job = @job ORDER BY seq LIMIT @limit");

    private static readonly SqlStatement DeleteSlice = new("DELETE FROM events WHERE job = @job AND seq <= @last");

    private static readonly SqlStatement OldTombstones = new("""
        DELETE FROM tombstones WHERE id IN
          (SELECT id FROM tombstones WHERE purged_at < @cutoff ORDER BY purged_at LIMIT @limit)
        """);

    /// <summary>Makes a finished job vanish, and deletes the first slice of what it leaves.</summary>
    public static PurgeBegun Begin(SqlSession session, JobId id, DateTimeOffset now)
    {
        var (ord, owner) = session.First(Finished, reader => (reader.GetInt64(0), reader.GetString(1)), id.ToString());
        if (owner is null)
            return default;

        session.Execute(Remember, ord);
        session.Execute(Tombstone, id.ToString(), owner, Moment.ToStored(now));
        foreach (var statement in Visible)
            session.Execute(statement, ord);
        return new PurgeBegun(true, Continue(session, ord) ? ord : null);
    }

    /// <summary>Deletes a slice of what any vanished job left; false where nothing is left of any.</summary>
    public static bool ContinueAny(SqlSession session)
    {
        if (session.Scalar(Next) is not long job)
            return false;
        Continue(session, job);
        return session.Scalar(Next) is long;
    }

    /// <summary>Deletes a slice of what a vanished job left; false where nothing is left.</summary>
    public static bool Continue(SqlSession session, long job)
    {
        long? last = null;
        var (bytes, taken) = (0L, 0);
        var slice = session.Query(
            Slice, reader => (Seq: reader.GetInt64(0), Bytes: reader.GetInt64(1)), job, SliceEvents);
        foreach (var row in slice.TakeWhile(row => last is null || bytes + row.Bytes <= SliceBytes))
        {
            last = row.Seq;
            bytes += row.Bytes;
            taken++;
        }

        if (last is not null)
            session.Execute(DeleteSlice, job, last);
        if (taken < slice.Count || slice.Count == SliceEvents)
            return true;

        foreach (var statement in Rest)
            session.Execute(statement, job);
        return false;
    }

    /// <summary>Forgets a slice of the tombstones from before the cutoff; false where there are none.</summary>
    public static bool ForgetTombstones(SqlSession session, DateTimeOffset cutoff) =>
        session.Execute(OldTombstones, Moment.ToStored(cutoff), SliceEvents) > 0;
}

/// <summary>A purge that was begun.</summary>
/// <param name="IsBegun">Whether the job was there, and finished; it has vanished.</param>
/// <param name="Rest">The job's number where some of its events are left.</param>
internal readonly record struct PurgeBegun(bool IsBegun, long? Rest);

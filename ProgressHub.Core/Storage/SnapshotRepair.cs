using System.Text.Json;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>
/// The states of jobs that have not ended, before anybody reads them. One that is not what was written is folded anew from
/// the job's events; where those are damaged too, nobody knows how the job stands, and it ends and says so.
/// </summary>
internal sealed class SnapshotRepair(DateTimeOffset now)
{
    private const string Columns = $"{JobRow.Columns}, last_seq, snapshot, snapshot_sum";
    private const int LastSeqAt = JobRow.Width;

    private static readonly SqlStatement Live = new($"""
        SELECT {Columns} FROM jobs WHERE state = 'queued'
        UNION ALL SELECT {Columns} FROM jobs WHERE {JobStatements.UnderWay}
        """);

    private static readonly SqlStatement Replace =
        new("UPDATE jobs SET last_seq = @seq, snapshot = @snapshot, snapshot_sum = @sum WHERE ord = @ord");

    private static readonly SqlStatement End =
        new("UPDATE jobs SET state = 'failed', finished_at = @now, run_after = NULL WHERE ord = @ord");

    /// <summary>Finds the damaged ones.</summary>
    public static IReadOnlyList<DamagedJob> Find(SqlSession session) =>
    [
        .. session.Query(
            Live,
            reader =>
            {
                var ((ord, job), seq) = (JobRow.Read(reader), reader.GetInt64(LastSeqAt));
                return IsSound(() => EventJson.DeserializeSnapshot(RowSum.ReadBody(reader, LastSeqAt + 1, LastSeqAt + 2, seq)))
                    ? null
                    : new DamagedJob(ord, job, seq);
            }).OfType<DamagedJob>(),
    ];

    /// <summary>Mends one; within a transaction.</summary>
    /// <returns>Whether all of it could be read from its events; else it has ended.</returns>
    public bool Mend(SqlSession session, DamagedJob damaged)
    {
        var history = ReadableHistory.Of(session, damaged);
        if (history.IsWhole)
        {
            Write(session, damaged.Ord, history.State);
            return true;
        }

        var gap = new LogEvent(
            JobLogLevel.Error,
            $"The server's storage is damaged: its state and events of this job can't be read. What could be read ends with event {history.State.Seq}.");
        var error = new JobError(
            StorageDamagedException.Code, "The server's storage is damaged, and how far this job had come can't be read any more. Submit it again.");
        var state = Append(session, damaged, history.State, Math.Max(history.LastSeq, damaged.LastSeq), gap);
        state = Append(session, damaged, state, state.Seq, new DoneEvent(JobState.Failed, error, null, new JobSummary(state.ElapsedMs, [])));
        Write(session, damaged.Ord, state);
        session.Execute(End, Moment.ToStored(now), damaged.Ord);
        EndingStatements.Number(session, damaged.Ord);
        return false;
    }

    private static bool IsSound(Func<JobSnapshot> read)
    {
        try
        {
            read();
            return true;
        }
        catch (Exception damage) when (damage is StorageDamagedException or JsonException or InvalidCastException)
        {
            return false;
        }
    }

    private static void Write(SqlSession session, long ord, JobSnapshot state)
    {
        var body = EventJson.Serialize(state);
        session.Execute(Replace, state.Seq, body, RowSum.Of(state.Seq, body), ord);
    }

    private JobSnapshot Append(SqlSession session, DamagedJob damaged, JobSnapshot before, long last, JobEvent next)
    {
        var placed = next with
        {
            JobId = damaged.Job.Id, Seq = last + 1, At = now, Attempt = damaged.Job.Attempt, ElapsedMs = before.ElapsedMs,
        };
        var after = before.Apply(placed);
        EventRow.From(EventFrame.Encode(placed, after)).Insert(session, damaged.Ord);
        return after;
    }
}

/// <summary>A job whose stored state is not what was written.</summary>
/// <param name="Ord">Its row.</param>
/// <param name="Job">What else its row says.</param>
/// <param name="LastSeq">The number of its last event, as far as its row can be believed.</param>
internal sealed record DamagedJob(long Ord, Job Job, long LastSeq);

using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>An append, made ready on its caller's thread so that the writer has nothing to encode.</summary>
internal sealed class PreparedAppend
{
    /// <summary>
    /// Changes the job's row by the values of <see cref="Transition"/>; no row where the fence stands in the way. A finished job
    /// takes no more events, whoever asks: its last one is the end.
    /// </summary>
    public const string TransitionText = """
        UPDATE jobs SET state = @state, started_at = @started, finished_at = @finished, run_after = @run_after,
          fruitless_attempts = @fruitless, cancel_requested = @cancel, last_seq = @after, snapshot = @snapshot, snapshot_sum = @sum
        WHERE id = @id AND attempt = @attempt AND node IS NOT DISTINCT FROM @node AND last_seq = @before AND finished_at IS NULL
        RETURNING ord
        """;

    private readonly Job _job;
    private readonly string _id;
    private readonly byte[] _snapshot;
    private readonly long _snapshotSum;
    private readonly EventRow[] _rows;
    private readonly JobUsage? _used;
    private readonly bool _isRetagged;

    public PreparedAppend(LogAppend append)
    {
        EventRow.Require(append.Job.Id, append.Frames);
        _job = append.Job;
        _id = _job.Id.ToString();
        _snapshot = EventJson.Serialize(append.Snapshot);
        _rows = [.. append.Frames.Select(EventRow.From)];
        _snapshotSum = RowSum.Of(After, _snapshot);
        _used = append.Frames.Any(frame => frame.Type == EventTypes.Usage) ? append.Snapshot.Usage : null;
        _isRetagged = append.Frames.Any(frame => frame.Type == EventTypes.Tags);
        Bytes = _snapshot.Length + _rows.Sum(row => (long)row.Body.Length);
    }

    public int Events => _rows.Length;

    public long Bytes { get; }

    /// <summary>
    /// Whether it is written however little room the disk has: it ends the job, is on the way to that, or puts it back into
    /// the queue, which a start waits for.
    /// </summary>
    public bool IsEssential => _job.CancelRequested || _job.State.IsFinal() || _job.State == JobState.Queued;

    public IReadOnlyList<EventRow> Rows => _rows;

    /// <summary>Whether it changes the job's row and adds events, and nothing besides: no end's number, no tags, nothing used.</summary>
    public bool IsPlain => !_job.State.IsFinal() && _used is null && !_isRetagged;

    /// <summary>Noted by who has written it together with others, for the next <see cref="Execute"/> alone.</summary>
    public bool IsWritten { get; set; }

    /// <summary>The values of <see cref="TransitionText"/>, in its order.</summary>
    public object?[] Transition =>
    [
        _job.State.Name(), Moment.ToStored(_job.StartedAt), Moment.ToStored(_job.FinishedAt), Moment.ToStored(_job.RunAfter),
        _job.AttemptsWithoutProgress, _job.CancelRequested ? 1 : 0, After, _snapshot, _snapshotSum, _id, _job.Attempt, _job.Node, Before,
    ];

    private long Before => _rows[0].Seq - 1;

    private long After => _rows[^1].Seq;

    public AppendOutcome Execute(SqlSession session)
    {
        if (IsWritten)
        {
            IsWritten = false;
            return new AppendOutcome(true, null);
        }

        if (UpdateJob(session) is not { } ord)
        {
            return IsAlreadyThere(session)
                ? new AppendOutcome(true, EndingStatements.NumberOf(session, _id))
                : AppendOutcome.Fenced;
        }

        foreach (var row in _rows)
            row.Insert(session, ord);
        if (_used is not null)
            UsageStatements.Note(session, _job, ord, _used);
        if (_isRetagged)
            TagStatements.Change(session, ord, _job);
        return new AppendOutcome(true, _job.State.IsFinal() ? EndingStatements.Number(session, ord) : null);
    }

    /// <summary>
    /// The fence: changes the job's row only where its attempt, its node and its last event are those this append builds on.
    /// </summary>
    private long? UpdateJob(SqlSession session)
    {
        // Most appends change no indexed column. Saying so in the statement spares the indexes; where it turns out
        // wrong, no row matches and the full statement decides.
        if (_job.State is JobState.Running or JobState.WaitingForInput or JobState.Canceling &&
            session.Scalar(
                Statements.Progress, _job.StartedAt is { } at ? Moment.ToStored(at) : null, _job.AttemptsWithoutProgress,
                _job.CancelRequested ? 1 : 0, After, _snapshot, _snapshotSum, _id, _job.Attempt, _job.Node, Before,
                _job.State.Name()) is long unchanged)
        {
            return unchanged;
        }

        return (long?)session.Scalar(Statements.Transition, Transition);
    }

    /// <summary>
    /// Whether this very append was committed before and only its acknowledgement got lost: the log ends with the same
    /// events, byte for byte.
    /// </summary>
    private bool IsAlreadyThere(SqlSession session)
    {
        var stored = session.Query(
            Statements.Written, reader => (Seq: reader.GetInt64(0), Body: reader.GetFieldValue<byte[]>(1)),
            Before, _id, _job.Attempt, After);
        return stored.Count == _rows.Length &&
            stored.Zip(_rows).All(pair =>
                pair.First.Seq == pair.Second.Seq && pair.First.Body.AsSpan().SequenceEqual(pair.Second.Body.Span));
    }

    private static class Statements
    {
        public static readonly SqlStatement Progress = new("""
            UPDATE jobs SET started_at = @started, fruitless_attempts = @fruitless, cancel_requested = @cancel,
              last_seq = @after, snapshot = @snapshot, snapshot_sum = @sum
            WHERE id = @id AND attempt = @attempt AND node IS NOT DISTINCT FROM @node AND last_seq = @before AND state = @state
            RETURNING ord
            """);

        public static readonly SqlStatement Transition = new(TransitionText);

        public static readonly SqlStatement Written = new("""
            SELECT e.seq, e.body FROM jobs j JOIN events e ON e.job = j.ord AND e.seq > @before
            WHERE j.id = @id AND j.attempt = @attempt AND j.last_seq = @after ORDER BY e.seq
            """);
    }
}

using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Events;

/// <summary>
/// The live view of one job's log: its state as of the last committed event, and the tail of its events. It is told only
/// of what is on disk, so it never shows what a crash could take back.
/// </summary>
internal sealed class EventFeed(
    string owner, JobSnapshot snapshot, IEventLog log, FlushTick tick, TimeProvider time)
{
    private readonly LogFold _fold = new(snapshot);
    private readonly FrameBroadcast _broadcast = new(snapshot.Seq, tick, time);
    private JobSnapshot _snapshot = snapshot;
    private LogTail? _tail;

    public JobId JobId => _snapshot.JobId;

    /// <summary>Whose job it is.</summary>
    public string Owner => owner;

    /// <summary>Whether it has been here since its job was submitted, so that nothing of the job's log was written but by this node.</summary>
    public bool IsOfSubmission { get; init; }

    /// <summary>Reads what other nodes have written.</summary>
    public LogTail Tail => _tail ?? Interlocked.CompareExchange(ref _tail, new LogTail(this), null) ?? _tail;

    /// <summary>Whether this node writes the log now, so that nothing of it can be missing here.</summary>
    public bool IsWritten => WriterSlot.CurrentCount == 0;

    /// <summary>Held by the job's writer on this node: there is never more than one.</summary>
    public SemaphoreSlim WriterSlot { get; } = new(1, 1);

    /// <summary>The job's state as of the last committed event.</summary>
    public JobSnapshot Snapshot => Volatile.Read(ref _snapshot);

    public int WatcherCount => _broadcast.WatcherCount;

    /// <summary>Makes committed events visible. Called by the job's one writer, in order.</summary>
    /// <param name="frames">The events.</param>
    /// <param name="after">The state after them.</param>
    /// <param name="moreComing">Whether further events of the job are being committed right behind them.</param>
    /// <returns>Those that were not shown before: whoever reads the log may have come across them already.</returns>
    public IReadOnlyList<EventFrame> Publish(IReadOnlyList<EventFrame> frames, JobSnapshot after, bool moreComing = false)
    {
        bool wake;
        lock (_broadcast.Gate)
        {
            if (frames[0].Seq <= _snapshot.Seq)
                frames = [.. frames.Where(frame => frame.Seq > _snapshot.Seq)];
            if (frames.Count == 0)
                return frames;
            Volatile.Write(ref _snapshot, after);
            wake = _broadcast.Add(frames, urgent: after.IsFinal, moreComing);
        }

        if (wake)
            _broadcast.Wake();
        return frames;
    }

    /// <summary>
    /// Takes events that another node has committed: what is known already is left out, what comes next is shown, and behind
    /// a gap nothing is.
    /// </summary>
    /// <param name="frames">The events, in order.</param>
    /// <param name="fromLog">Whether they were read from the log, where a gap is one for good.</param>
    public ReceivedFrames Receive(IReadOnlyList<EventFrame> frames, bool fromLog)
    {
        List<EventFrame> shown = [];
        var (wake, isWhole) = (false, true);
        lock (_broadcast.Gate)
        {
            var state = _snapshot;
            foreach (var frame in frames.Where(frame => frame.Seq > _snapshot.Seq))
            {
                if (!fromLog && frame.Seq > state.Seq + 1)
                {
                    isWhole = false;
                    break;
                }

                state = state.Apply(frame.Decode());
                shown.Add(frame);
            }

            if (shown.Count > 0)
            {
                Volatile.Write(ref _snapshot, state);
                wake = _broadcast.Add(shown, urgent: state.IsFinal);
            }
        }

        if (wake)
            _broadcast.Wake();
        return new ReceivedFrames(shown, isWhole);
    }

    /// <summary>
    /// Begins to watch. Where no usable cursor is given, that is from the present; from just before the end where the job
    /// has ended, so that every whole stream closes with its <c>done</c>.
    /// </summary>
    /// <param name="after">The cursor; one the log has not reached is none.</param>
    /// <param name="inline">Whether the watcher's continuations are quick enough to run on the thread that wakes it.</param>
    /// <returns>The watcher, and the state at its cursor where that is at hand.</returns>
    public (FeedWatcher Watcher, JobSnapshot? Snapshot) Watch(long? after, bool inline)
    {
        lock (_broadcast.Gate)
        {
            var last = _snapshot.Seq;
            var cursor = after is >= 0 && after <= last ? after.Value : _snapshot.IsFinal ? last - 1 : last;
            var state = cursor == last ? _snapshot : _broadcast.At(cursor)?.SnapshotAfter;
            return (_broadcast.AddWatcher(cursor, inline), state);
        }
    }

    /// <summary>Folds the log to the state at a cursor.</summary>
    public Task<JobSnapshot> FoldAsync(long cursor, CancellationToken cancellationToken) =>
        _fold.ToAsync(cursor, this, cancellationToken);

    /// <summary>Reads events after a cursor from the log; none where there are none yet.</summary>
    public ValueTask<IReadOnlyList<EventFrame>> PeekLogAsync(long cursor, int limit, CancellationToken cancellationToken) =>
        log.ReadAsync(JobId, cursor, limit, cancellationToken);

    /// <summary>Reads events after a cursor from the log, for a watcher that has fallen behind the ring.</summary>
    public async ValueTask<IReadOnlyList<EventFrame>> ReadLogAsync(
        long cursor, int limit, CancellationToken cancellationToken)
    {
        var frames = await log.ReadAsync(JobId, cursor, limit, cancellationToken);
        return frames.Count > 0
            ? frames
            : throw new EventsGoneException(JobId, cursor);
    }
}

/// <summary>What came of events that another node sent.</summary>
/// <param name="Shown">Those that were not shown before.</param>
/// <param name="IsWhole">Whether none is missing before them; where one is, the log has it.</param>
internal readonly record struct ReceivedFrames(IReadOnlyList<EventFrame> Shown, bool IsWhole);

using ProgressHub.Core.Jobs;
using ProgressHub.Core.Retries;

namespace ProgressHub.Core.Events;

/// <summary>
/// The one writer of a job's log. Events get their number when they are appended, are committed in that order with at
/// most one commit in flight, and are shown to watchers only after it. While the store can't take them they wait here.
/// </summary>
internal sealed class EventWriter : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly FeedLease _lease;
    private readonly IEventLog _log;
    private readonly TimeProvider _time;

    // From here on: under the lock.
    private readonly PendingEvents _pending;
    private readonly PumpSignals _signals = new();
    private Action<Job>? _committed;
    private bool _pumping;
    private bool _closed;
    private bool _disposed;

    private EventWriter(Job job, FeedLease lease, IEventLog log, TimeProvider time)
    {
        _lease = lease;
        _log = log;
        _time = time;
        _pending = new PendingEvents(job, lease.Feed.Snapshot);
    }

    /// <summary>The job as of the last event appended, committed or not.</summary>
    public Job Job => Of(static pending => pending.Job);

    /// <summary>The state as of the last event appended, committed or not.</summary>
    public JobSnapshot Draft => Of(static pending => pending.Draft);

    /// <summary>
    /// Canceled when another attempt has taken the job over, or the store is closed: nothing this writer does counts any
    /// more.
    /// </summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>How many bytes of events were appended by this writer.</summary>
    public long AppendedBytes => Of(static pending => pending.TotalBytes);

    /// <summary>The defect of the store that made it lost; null where there was none.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Takes the job's log for writing, once whoever writes it now is done.</summary>
    /// <param name="lease">The feed; it is the writer's from here on, also where this throws.</param>
    /// <param name="log">The log.</param>
    /// <param name="readJob">Reads the job's row, now that nobody else writes; null where it is gone.</param>
    /// <param name="time">The clock.</param>
    /// <param name="patience">How long to wait for whoever writes it now; null where it is not over by then.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public static async ValueTask<EventWriter?> OpenAsync(
        FeedLease lease, IEventLog log, Func<ValueTask<Job?>> readJob, TimeProvider time, TimeSpan patience,
        CancellationToken cancellationToken)
    {
        var held = false;
        try
        {
            held = await lease.Feed.WriterSlot.WaitAsync(patience, cancellationToken);
            if (held && await readJob() is { } job)
                return new EventWriter(job, lease, log, time);
        }
        catch
        {
            ReleaseLog(lease, held);
            throw;
        }

        ReleaseLog(lease, held);
        return null;
    }

    /// <summary>Tells of a piece that earlier attempts put into the log.</summary>
    public void Recall(PartialEvent piece)
    {
        lock (_gate)
            _pending.Recall(piece);
    }

    /// <summary>Appends an event, and with it a change of the job.</summary>
    /// <param name="jobEvent">What happened; its place is filled in here.</param>
    /// <param name="transition">The change of the job's row that belongs to it.</param>
    /// <returns>Whether it was taken; false after the end, of the job or of the attempt.</returns>
    /// <exception cref="InvalidOperationException">Far too many events wait: <see cref="PendingEvents.Add"/>.</exception>
    public bool Append(JobEvent jobEvent, Func<Job, Job>? transition = null) =>
        Append(() => _pending.Add(jobEvent, transition, _time.GetUtcNow()), closes: jobEvent is DoneEvent or RetryingEvent) is not null;

    /// <summary>
    /// Appends an event that goes to the disk with whatever is appended next, or after <see cref="ReleaseHeld"/>: what is over
    /// in an instant has one commit, not two.
    /// </summary>
    /// <returns>Whether it was taken; false after the end, of the job or of the attempt.</returns>
    public bool AppendHeld(JobEvent jobEvent) =>
        Append(() => _pending.Add(jobEvent, null, _time.GetUtcNow()), closes: false, holds: true) is not null;

    /// <summary>Sends what is held to the disk, if it has not gone there already.</summary>
    public void ReleaseHeld()
    {
        lock (_gate)
        {
            if (_pumping || _pending.Count == 0)
                return;
            _pumping = true;
        }

        _ = PumpAsync();
    }

    /// <summary>Appends the last event of the job, or of the attempt.</summary>
    /// <param name="last">A <see cref="DoneEvent"/> or a <see cref="RetryingEvent"/>.</param>
    /// <param name="transition">The change of the job's row that belongs to it.</param>
    /// <param name="committed">
    /// Runs once it is on disk and before anybody is shown it: quick, and never throws. Never where it did not get there.
    /// </param>
    /// <returns>Whether it was taken; false after the end, of the job or of the attempt.</returns>
    public bool AppendLast(JobEvent last, Func<Job, Job> transition, Action<Job> committed) => Append(
        () =>
        {
            _pending.Add(last, transition, _time.GetUtcNow());
            _committed = committed;
        },
        closes: true) is not null;

    /// <summary>Appends events that are committed together, whatever happens: all of them, or none where it throws.</summary>
    /// <returns>The <c>seq</c> reached; null after the end.</returns>
    /// <exception cref="InvalidOperationException">Far too many events wait: <see cref="PendingEvents.Add"/>.</exception>
    public long? AppendTogether(IReadOnlyList<JobEvent> events) =>
        Append(() => _pending.AddTogether(events, _time.GetUtcNow()), closes: false);

    /// <summary>Completes at once while there is room, else once there is.</summary>
    public ValueTask WaitForRoomAsync()
    {
        lock (_gate)
        {
            return _pending.HasRoom || _lost.IsCancellationRequested
                ? ValueTask.CompletedTask
                : new ValueTask(_signals.WaitForRoom());
        }
    }

    /// <summary>Completes once everything appended so far is on disk and shown, or the job is lost to another attempt.</summary>
    public Task FlushAsync()
    {
        ReleaseHeld();
        lock (_gate)
            return _pumping ? _signals.WaitForFlush(_pending.Count > 0) : Task.CompletedTask;
    }

    /// <summary>The job's first event.</summary>
    public async Task<QueuedEvent> ReadFirstAsync(CancellationToken cancellationToken) =>
        (QueuedEvent)(await _lease.Feed.ReadLogAsync(0, 1, cancellationToken))[0].Decode();

    /// <summary>
    /// Takes no more events, and gives the log to the next writer once the last commit is shown: who reads the state
    /// before that would build on what is no longer the end of the log.
    /// </summary>
    public void Dispose()
    {
        ReleaseHeld();
        lock (_gate)
        {
            _closed = true;
            if (_disposed)
                return;
            _disposed = true;
            if (!_pumping)
                ReleaseLog(_lease, held: true);
        }
    }

    private T Of<T>(Func<PendingEvents, T> read)
    {
        lock (_gate)
            return read(_pending);
    }

    private static void ReleaseLog(FeedLease lease, bool held)
    {
        if (held)
            lease.Feed.WriterSlot.Release();
        lease.Dispose();
    }

    /// <summary>The <c>seq</c> reached; null where the log takes no more.</summary>
    private long? Append(Action add, bool closes, bool holds = false)
    {
        long reached;
        lock (_gate)
        {
            if (_closed)
                return null;
            add();
            _closed = closes;
            reached = _pending.Draft.Seq;
        }

        if (!holds)
            ReleaseHeld();
        return reached;
    }

    private async Task PumpAsync()
    {
        try
        {
            while (TakeBatch() is { } batch)
            {
                if (!await CommitAsync(batch))
                {
                    Lose(null);
                    return;
                }

                var moreComing = HasPending(out var committed);
                committed?.Invoke(batch.Job);
                _lease.Publish(batch.Frames, batch.Snapshot, moreComing);
            }
        }
        catch (Exception failure)
        {
            // A defect in the store must not leave callers waiting: the attempt ends, and its owner reports why.
            Lose(failure);
        }
    }

    /// <summary>
    /// Returns once it is on disk; false where it never will be: another attempt owns the job, or the store was closed,
    /// and the next start goes on from what is on disk. However long the store can't take it, nothing is lost meanwhile.
    /// </summary>
    private async Task<bool> CommitAsync(LogAppend batch)
    {
        try
        {
            var outcome = await StorageRetry.RetryUntilAvailableAsync(
                () => _log.AppendAsync(batch, CancellationToken.None).AsTask(), _time, CancellationToken.None);
            batch.Frames[^1].Ending = outcome.Ending;
            return outcome.IsCommitted;
        }
        catch (StorageClosedException)
        {
            return false;
        }
    }

    /// <param name="committed">What goes with the last event, once that is on disk: nothing follows it, so nothing waits.</param>
    private bool HasPending(out Action<Job>? committed)
    {
        lock (_gate)
        {
            committed = null;
            if (_pending.Count > 0)
                return true;
            (committed, _committed) = (_committed, null);
            return false;
        }
    }

    private LogAppend? TakeBatch()
    {
        lock (_gate)
        {
            _signals.BatchShown();
            if (_pending.Take() is not { } batch)
                return EndPump();
            _signals.BatchTaken();
            return batch;
        }
    }

    private void Lose(Exception? failure)
    {
        // First of all: who waits for a flush must not take its end for success.
        Failure = failure;
        _lost.Cancel();
        lock (_gate)
        {
            _closed = true;
            _pending.Clear();
            _signals.End();
            EndPump();
        }
    }

    private LogAppend? EndPump()
    {
        _pumping = false;
        if (_disposed)
            ReleaseLog(_lease, held: true);
        return null;
    }
}

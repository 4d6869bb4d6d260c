using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Events;

/// <summary>
/// The one writer of a job's log. Events get their number when they are appended, are committed in that order with at
/// most one commit in flight, and are shown to watchers only after it. While the store can't take them they wait here.
/// </summary>
internal sealed partial class EventWriter : IDisposable
{
    /// <summary>More events than this waiting for the disk, and <see cref="WaitForRoomAsync"/> waits.</summary>
    public const int SoftLimit = 1024;

    /// <summary>The same in bytes.</summary>
    public const long SoftBytes = 8 * 1024 * 1024;

    private const int HardLimit = 16 * SoftLimit;

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly FeedLease _lease;
    private readonly IEventLog _log;
    private readonly TimeProvider _time;
    private List<EventFrame> _pending = [];
    private long _pendingBytes;
    private JobSnapshot _draft;
    private Job _job;
    private bool _pumping;
    private bool _closed;
    private TaskCompletionSource? _room;
    private TaskCompletionSource? _flushed;
    private TaskCompletionSource? _flushedNext;
    private bool _disposed;

    private EventWriter(Job job, FeedLease lease, IEventLog log, TimeProvider time)
    {
        _job = job;
        _lease = lease;
        _log = log;
        _time = time;
        _draft = lease.Feed.Snapshot;
    }

    /// <summary>The job as of the last event appended, committed or not.</summary>
    public Job Job
    {
        get
        {
            lock (_gate)
                return _job;
        }
    }

    /// <summary>The state as of the last event appended, committed or not.</summary>
    public JobSnapshot Draft
    {
        get
        {
            lock (_gate)
                return _draft;
        }
    }

    /// <summary>
    /// Canceled when another attempt has taken the job over, or the store is closed: nothing this writer does counts any
    /// more.
    /// </summary>
    public CancellationToken Lost => _lost.Token;

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
            LetGo(lease, held);
            throw;
        }

        LetGo(lease, held);
        return null;
    }

    /// <summary>Appends an event, and with it a change of the job.</summary>
    /// <param name="jobEvent">What happened; its place is filled in here.</param>
    /// <param name="transition">The change of the job's row that belongs to it.</param>
    /// <returns>Whether it was taken; false after the end, of the job or of the attempt.</returns>
    /// <exception cref="InvalidOperationException">
    /// Far too many events wait for the disk, and this is one that a handler could have waited with. Progress is taken
    /// all the same (what comes next supersedes it, so it is bounded by the others), and so is what the engine says.
    /// </exception>
    public bool Append(JobEvent jobEvent, Func<Job, Job>? transition = null)
    {
        lock (_gate)
        {
            if (_closed)
                return false;
            if (_pending.Count >= HardLimit && jobEvent is LogEvent or PartialEvent or StageEvent)
                throw new InvalidOperationException("The job reports events faster than they can be kept; await LogAsync and PartialAsync.");

            Enqueue(jobEvent, transition is null ? _job : transition(_job));
            _closed = jobEvent is DoneEvent or RetryingEvent;
            if (_pumping || _together)
                return true;
            _pumping = true;
        }

        _ = PumpAsync();
        return true;
    }

    /// <summary>Completes at once while there is room, else once there is.</summary>
    public ValueTask WaitForRoomAsync()
    {
        lock (_gate)
        {
            if ((_pending.Count < SoftLimit && _pendingBytes < SoftBytes) || _lost.IsCancellationRequested)
                return ValueTask.CompletedTask;
            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return new ValueTask(_room.Task);
        }
    }

    /// <summary>Completes once everything appended so far is on disk and shown, or the job is lost to another attempt.</summary>
    public Task FlushAsync()
    {
        lock (_gate)
        {
            if (!_pumping)
                return Task.CompletedTask;

            // Not until nothing waits any more: a handler that goes on reporting would put that off for ever.
            ref var flushed = ref _flushed;
            if (_pending.Count > 0)
                flushed = ref _flushedNext;
            flushed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return flushed.Task;
        }
    }

    /// <summary>
    /// Takes no more events, and gives the log to the next writer once the last commit is shown: who reads the state
    /// before that would build on what is no longer the end of the log.
    /// </summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            if (_disposed)
                return;
            _disposed = true;
            if (!_pumping)
                LetGo(_lease, held: true);
        }
    }

    private static void LetGo(FeedLease lease, bool held)
    {
        if (held)
            lease.Feed.WriterSlot.Release();
        lease.Dispose();
    }

    private void Enqueue(JobEvent jobEvent, Job job)
    {
        // A progress event that still waits for the disk is superseded by the next: it keeps the number.
        var replaces = jobEvent is ProgressEvent && _pending.Count > 0 && _pending[^1].IsProgress;
        var now = _time.GetUtcNow();
        var placed = Replacing(jobEvent) with
        {
            JobId = job.Id,
            Seq = replaces ? _draft.Seq : _draft.Seq + 1,
            At = now,
            Attempt = job.Attempt,
            ElapsedMs = job.StartedAt is { } started ? Math.Max(0, (long)(now - started).TotalMilliseconds) : 0,
        };
        // Encoding may refuse what a caller put into the event; until it has not, nothing is changed.
        var draft = _draft.Apply(placed);
        var frame = EventFrame.Encode(placed, draft);
        (_job, _draft) = (job, draft);
        Remember(placed);
        if (replaces)
        {
            _pendingBytes -= _pending[^1].Sse.Length;
            _pending[^1] = frame;
        }
        else
        {
            _pending.Add(frame);
        }

        _pendingBytes += frame.Sse.Length;
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

                _lease.Publish(batch.Frames, batch.Snapshot, HasPending());
            }
        }
        catch (Exception failure)
        {
            // A defect in the store must not leave callers waiting: the attempt ends, and its owner reports why.
            Lose(failure);
        }
    }

    private bool HasPending()
    {
        lock (_gate)
            return _pending.Count > 0;
    }

    private LogAppend? TakeBatch()
    {
        lock (_gate)
        {
            _flushed?.TrySetResult();
            (_flushed, _flushedNext) = (_flushedNext, null);
            if (_pending.Count == 0)
                return EndPump();

            var batch = new LogAppend(_job, _pending, _draft);
            _pending = [];
            _pendingBytes = 0;
            _room?.TrySetResult();
            _room = null;
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
            _pending = [];
            _pendingBytes = 0;
            _room?.TrySetResult();
            _flushed?.TrySetResult();
            _flushedNext?.TrySetResult();
            _room = _flushed = _flushedNext = null;
            EndPump();
        }
    }

    private LogAppend? EndPump()
    {
        _pumping = false;
        if (_disposed)
            LetGo(_lease, held: true);
        return null;
    }
}

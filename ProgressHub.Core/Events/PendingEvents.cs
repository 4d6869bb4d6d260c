using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Events;

/// <summary>
/// The events of a job that wait for the disk, and the job as they leave it: numbers them, folds progress, knows when there
/// are too many. No IO, no clock, no lock: whoever owns it has those.
/// </summary>
internal sealed class PendingEvents(Job job, JobSnapshot draft)
{
    /// <summary>From so many events on, a handler waits.</summary>
    public const int SoftLimit = 1024;

    /// <summary>The same in bytes.</summary>
    public const long SoftBytes = 8 * 1024 * 1024;

    private const int HardLimit = 16 * SoftLimit;

    // What the log says of each piece of the result, so that events can say what they replace, and no snapshot needs a list
    // of pieces: a ring holds a snapshot for each of its frames.
    private readonly Dictionary<int, bool> _pieces = [];

    // Only while events are added together.
    private List<(int Index, bool? Before)>? _changedPieces;
    private List<EventFrame> _frames = [];
    private long _bytes;

    /// <summary>The job as of the last event.</summary>
    public Job Job { get; private set; } = job;

    /// <summary>Its state as of the last event.</summary>
    public JobSnapshot Draft { get; private set; } = draft;

    /// <summary>How many bytes all events have that were ever added here.</summary>
    public long TotalBytes { get; private set; }

    /// <summary>How many events wait.</summary>
    public int Count => _frames.Count;

    /// <summary>Whether a handler may go on without waiting.</summary>
    public bool HasRoom => _frames.Count < SoftLimit && _bytes < SoftBytes;

    /// <summary>Tells of a piece that earlier attempts put into the log.</summary>
    public void Recall(PartialEvent piece) => _pieces[piece.Index] = piece.Ok;

    /// <summary>Adds an event, and with it a change of the job; where it throws, nothing is changed.</summary>
    /// <param name="jobEvent">What happened; its place is filled in here.</param>
    /// <param name="transition">The change of the job that belongs to it.</param>
    /// <param name="now">When it happened.</param>
    /// <exception cref="InvalidOperationException">
    /// Far too many wait, and this is one that a handler could have waited with. Progress is taken all the same (what comes
    /// next supersedes it, so it is bounded by the others), and so is what the engine says.
    /// </exception>
    public void Add(JobEvent jobEvent, Func<Job, Job>? transition, DateTimeOffset now)
    {
        if (_frames.Count >= HardLimit && jobEvent is LogEvent or PartialEvent or StageEvent)
            throw new InvalidOperationException("The job reports events faster than they can be kept; await LogAsync and PartialAsync.");
        Place(jobEvent, transition, now);
    }

    private void Place(JobEvent jobEvent, Func<Job, Job>? transition, DateTimeOffset now)
    {
        var after = transition is null ? Job : transition(Job);

        // A progress event that still waits is superseded by the next: it keeps the number.
        var replaces = jobEvent is ProgressEvent && _frames.Count > 0 && _frames[^1].IsProgress;
        var placed = Replacing(jobEvent) with
        {
            JobId = after.Id,
            Seq = replaces ? Draft.Seq : Draft.Seq + 1,
            At = now,
            Attempt = after.Attempt,
            ElapsedMs = after.StartedAt is { } started ? Math.Max(0, (long)(now - started).TotalMilliseconds) : 0,
        };

        // Encoding may refuse what a caller put into the event; until it has not, nothing is changed.
        var draft = Draft.Apply(placed);
        var frame = EventFrame.Encode(placed, draft);
        (Job, Draft) = (after, draft);
        if (placed is PartialEvent piece)
            Note(piece);
        if (replaces)
            RemoveLast();
        _frames.Add(frame);
        _bytes += frame.Sse.Length;
        TotalBytes += frame.Sse.Length;
    }

    /// <summary>
    /// Adds events that belong together: all of them, or none where it throws. However many they are; whoever adds them
    /// has waited for room before.
    /// </summary>
    public void AddTogether(IReadOnlyList<JobEvent> events, DateTimeOffset now)
    {
        var (job, draft, count, bytes) = (Job, Draft, _frames.Count, _bytes);
        var last = count > 0 ? _frames[^1] : null;
        _changedPieces = [];
        try
        {
            foreach (var next in events)
                Place(next, null, now);
        }
        catch
        {
            (Job, Draft, _bytes) = (job, draft, bytes);
            _frames.RemoveRange(count, _frames.Count - count);
            if (last is not null)
                _frames[^1] = last;
            ForgetChangedPieces(_changedPieces);
            throw;
        }
        finally
        {
            _changedPieces = null;
        }
    }

    /// <summary>Takes everything as one append; null where nothing waits.</summary>
    public LogAppend? Take()
    {
        if (_frames.Count == 0)
            return null;
        var append = new LogAppend(Job, _frames, Draft);
        Clear();
        return append;
    }

    /// <summary>Drops everything.</summary>
    public void Clear()
    {
        _frames = [];
        _bytes = 0;
    }

    private void RemoveLast()
    {
        _bytes -= _frames[^1].Sse.Length;
        _frames.RemoveAt(_frames.Count - 1);
    }

    private JobEvent Replacing(JobEvent jobEvent) => jobEvent is PartialEvent piece
        ? piece with { Replaces = _pieces.TryGetValue(piece.Index, out var ok) ? PieceStates.Of(ok) : null }
        : jobEvent;

    private void Note(PartialEvent piece)
    {
        _changedPieces?.Add((piece.Index, _pieces.TryGetValue(piece.Index, out var before) ? before : null));
        _pieces[piece.Index] = piece.Ok;
    }

    private void ForgetChangedPieces(List<(int Index, bool? Before)> changes)
    {
        changes.Reverse();
        foreach (var (index, before) in changes)
        {
            if (before is { } ok)
                _pieces[index] = ok;
            else
                _pieces.Remove(index);
        }
    }
}

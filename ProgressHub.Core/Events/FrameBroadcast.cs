namespace ProgressHub.Core.Events;

/// <summary>
/// Hands frames to any number of watchers. A frame costs the publisher the same however many watch: it goes into the
/// ring, and watchers, which are cursors into it, are woken in groups on the thread pool. A first frame wakes them at
/// once, unless more are known to follow; what comes within <see cref="FlushTick.Interval"/> of a wake-up waits for the
/// tick, so that a burst is one flush a watcher.
/// </summary>
internal sealed class FrameBroadcast(long position, FlushTick tick, TimeProvider time)
{
    private readonly FrameRing _ring = new(position);
    private WatcherGroup[] _groups = [];
    private long _wokenAt;
    private long _leftAt = time.GetTimestamp();
    private bool _wokenBefore;
    private bool _tickPending;

    /// <summary>Guards the ring, the groups and every watcher's waiting flag.</summary>
    public Lock Gate { get; } = new();

    /// <summary>The position of the last frame. Read it under <see cref="Gate"/> where it must agree with anything else.</summary>
    public long Last => _ring.Last;

    /// <summary>How many watchers there are.</summary>
    public int WatcherCount { get; private set; }

    /// <summary>Adds frames. Call it under <see cref="Gate"/>.</summary>
    /// <param name="frames">The frames, in order.</param>
    /// <param name="urgent">Whether they go out now, whatever went out just before.</param>
    /// <param name="moreComing">Whether the next frames are on their way to the disk already; then these wait for them.</param>
    /// <returns>Whether to call <see cref="Wake"/>, outside the gate.</returns>
    public bool Add(IReadOnlyList<EventFrame> frames, bool urgent, bool moreComing = false)
    {
        foreach (var frame in frames)
            _ring.Add(frame);
        if (WatcherCount == 0)
            return false;

        if (urgent || (!moreComing && IsQuiet()))
            return MarkWoken();
        if (!_tickPending)
        {
            _tickPending = true;
            tick.Schedule(this);
        }

        return false;
    }

    /// <summary>Something is missing here: each watcher reads from the store what it has missed. Call it under <see cref="Gate"/>.</summary>
    /// <returns>Whether to call <see cref="Wake"/>, outside the gate.</returns>
    public bool Skip()
    {
        _ring.Skip();
        return WatcherCount > 0 && MarkWoken();
    }

    /// <summary>Wakes all watchers; call it outside <see cref="Gate"/>.</summary>
    public void Wake()
    {
        foreach (var group in Volatile.Read(ref _groups))
            group.Schedule();
    }

    /// <summary>The tick came: what gathered since goes out.</summary>
    public void OnTick()
    {
        lock (Gate)
            MarkWoken();
        Wake();
    }

    /// <summary>The frame at a position, or null where the ring no longer has it. Call it under <see cref="Gate"/>.</summary>
    public EventFrame? At(long position) => _ring.At(position);

    /// <summary>Adds a watcher at a cursor. Call it under <see cref="Gate"/>.</summary>
    public FeedWatcher AddWatcher(long cursor, bool inline)
    {
        var group = Array.Find(_groups, g => g.HasRoom);
        if (group is null)
            Volatile.Write(ref _groups, [.. _groups, group = new WatcherGroup(Gate)]);
        WatcherCount++;
        return group.Add(this, cursor, inline);
    }

    /// <summary>Forgets a watcher.</summary>
    public void Remove(FeedWatcher watcher)
    {
        lock (Gate)
        {
            if (watcher.Group.Remove(watcher) && --WatcherCount == 0)
                _leftAt = time.GetTimestamp();
        }
    }

    /// <summary>Lets the frames go where nobody has watched for so long.</summary>
    public void ClearIfLeftFor(TimeSpan idle)
    {
        lock (Gate)
        {
            if (WatcherCount == 0 && time.GetElapsedTime(_leftAt) >= idle)
                _ring.Clear();
        }
    }

    /// <summary>Frames after a cursor: how many were copied, 0 for none, −1 where the ring no longer reaches back so far.</summary>
    public int Read(long cursor, Span<EventFrame> target)
    {
        lock (Gate)
            return cursor < _ring.Floor ? -1 : _ring.CopyAfter(cursor, target);
    }

    /// <summary>Whether the ring still reaches back to a cursor. Call it under <see cref="Gate"/>.</summary>
    public bool CanRead(long cursor) => cursor >= _ring.Floor;

    /// <summary>Whether a watcher at this cursor has something to read now. Call it under <see cref="Gate"/>.</summary>
    public bool HasNews(long cursor) => cursor < _ring.Last && !_tickPending;

    private bool IsQuiet() => !_wokenBefore || time.GetElapsedTime(_wokenAt) >= FlushTick.Interval;

    private bool MarkWoken()
    {
        _tickPending = false;
        _wokenBefore = true;
        _wokenAt = time.GetTimestamp();
        return true;
    }
}

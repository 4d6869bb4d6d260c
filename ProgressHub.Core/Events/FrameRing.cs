namespace ProgressHub.Core.Events;

/// <summary>
/// The live tail of a feed: the last frames at consecutive positions, at most <see cref="MaxFrames"/> of them and
/// <see cref="MaxBytes"/> bytes (but always the last one). Not thread-safe; its owner locks.
/// </summary>
internal sealed class FrameRing(long position)
{
    public const int MaxFrames = 1024;
    public const int MaxBytes = 1024 * 1024;

    /// <summary>About the most bytes that are read at once, so that what waits to be sent to one watcher is bounded.</summary>
    public const int BytesPerRead = 64 * 1024;
    private const int FirstCapacity = 16;

    private EventFrame?[] _frames = new EventFrame?[FirstCapacity];
    private int _head;
    private int _count;
    private int _bytes;

    /// <summary>The position of the last frame ever added; what a watcher that has seen everything has as its cursor.</summary>
    public long Last { get; private set; } = position;

    /// <summary>The cursor below which frames are no longer here.</summary>
    public long Floor => Last - _count;

    public void Add(EventFrame frame)
    {
        if (_count == _frames.Length && _count < MaxFrames)
            Grow();
        if (_count == _frames.Length)
            DropOldest();

        _frames[(_head + _count) % _frames.Length] = frame;
        _count++;
        _bytes += frame.Sse.Length;
        Last++;

        while (_bytes > MaxBytes && _count > 1)
            DropOldest();
    }

    /// <summary>
    /// Copies frames after a cursor that is not below <see cref="Floor"/>, until there are no more, the target is full or
    /// <see cref="BytesPerRead"/> is reached; returns how many.
    /// </summary>
    public int CopyAfter(long cursor, Span<EventFrame> target)
    {
        var skipped = (int)(cursor - Floor);
        var most = Math.Min(_count - skipped, target.Length);
        var count = 0;
        for (var bytes = 0; count < most && bytes < BytesPerRead; count++)
        {
            var frame = _frames[(_head + skipped + count) % _frames.Length]!;
            target[count] = frame;
            bytes += frame.Sse.Length;
        }

        return count;
    }

    /// <summary>The frame at a position, or null where it is not here.</summary>
    public EventFrame? At(long position) => position > Floor && position <= Last
        ? _frames[(_head + (int)(position - Floor - 1)) % _frames.Length]
        : null;

    /// <summary>Lets all frames go; positions go on from where they are.</summary>
    public void Clear()
    {
        _frames = new EventFrame?[FirstCapacity];
        _head = _count = _bytes = 0;
    }

    /// <summary>Leaves a position out: no watcher that has not come to it yet goes on from here.</summary>
    public void Skip()
    {
        Clear();
        Last++;
    }

    private void DropOldest()
    {
        _bytes -= _frames[_head]!.Sse.Length;
        _frames[_head] = null;
        _head = (_head + 1) % _frames.Length;
        _count--;
    }

    private void Grow()
    {
        var larger = new EventFrame?[_frames.Length * 2];
        for (var i = 0; i < _count; i++)
            larger[i] = _frames[(_head + i) % _frames.Length];
        _frames = larger;
        _head = 0;
    }
}

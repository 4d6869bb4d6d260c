using System.Threading.Tasks.Sources;

namespace ProgressHub.Core.Events;

/// <summary>
/// Somebody who follows a feed: a cursor, without a queue or a timer of its own. One reader at a time reads and waits;
/// anybody may poke.
/// </summary>
internal sealed class FeedWatcher : IValueTaskSource, IDisposable
{
    private readonly FrameBroadcast _broadcast;
    private ManualResetValueTaskSourceCore<bool> _wait;
    private bool _waiting;
    private bool _poked;
    private volatile bool _closed;

    internal FeedWatcher(FrameBroadcast broadcast, WatcherGroup group, int index, long cursor, bool inline)
    {
        _broadcast = broadcast;
        Group = group;
        Index = index;
        Cursor = cursor;
        _wait.RunContinuationsAsynchronously = !inline;
    }

    /// <summary>The position it has read up to. Set it to go on from elsewhere, such as after reading the log.</summary>
    public long Cursor { get; set; }

    internal WatcherGroup Group { get; }

    internal int Index { get; set; }

    /// <summary>Takes what it has missed and moves its cursor on.</summary>
    /// <returns>How many frames were copied; 0 for none; −1 where the ring no longer reaches back to its cursor, or it was closed.</returns>
    public int Read(Span<EventFrame> target)
    {
        if (_closed)
            return -1;
        var count = _broadcast.Read(Cursor, target);
        if (count > 0)
            Cursor += count;
        return count;
    }

    /// <summary>Completes when there is something to read, or somebody poked.</summary>
    public ValueTask WaitAsync()
    {
        lock (_broadcast.Gate)
        {
            if (_poked || _broadcast.HasNews(Cursor))
            {
                _poked = false;
                return ValueTask.CompletedTask;
            }

            _wait.Reset();
            _waiting = true;
            return new ValueTask(this, _wait.Version);
        }
    }

    /// <summary>Makes the present wait, or else the next, complete: its reader has something other than frames to see to.</summary>
    public void Poke()
    {
        lock (_broadcast.Gate)
        {
            if (!StopWaiting())
            {
                _poked = true;
                return;
            }
        }

        Complete();
    }

    /// <summary>From now on nothing is read from memory; a wait under way completes.</summary>
    public void Close()
    {
        _closed = true;
        Poke();
    }

    /// <summary>Ends the watching; a wait under way completes.</summary>
    public void Dispose()
    {
        _broadcast.Remove(this);
        Poke();
    }

    /// <summary>Claims the right to complete the present wait. Call it under the gate.</summary>
    internal bool StopWaiting()
    {
        var waiting = _waiting;
        _waiting = false;
        return waiting;
    }

    internal void Complete() => _wait.SetResult(true);

    void IValueTaskSource.GetResult(short token) => _wait.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _wait.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _wait.OnCompleted(continuation, state, token, flags);
}

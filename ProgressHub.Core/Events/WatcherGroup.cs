namespace ProgressHub.Core.Events;

/// <summary>
/// Watchers that are woken together, one after the other, by one work item of the thread pool: with hundreds of them a
/// work item each would cost more than what they do.
/// </summary>
internal sealed class WatcherGroup(Lock gate) : IThreadPoolWorkItem
{
    private const int Capacity = 128;
    private const int Idle = 0;
    private const int Scheduled = 1;
    private const int ScheduledAgain = 2;

    private readonly List<FeedWatcher> _members = [];
    private readonly FeedWatcher[] _waking = new FeedWatcher[Capacity];
    private int _state;

    public bool HasRoom => _members.Count < Capacity;

    public FeedWatcher Add(FrameBroadcast broadcast, long cursor, bool inline)
    {
        var watcher = new FeedWatcher(broadcast, this, _members.Count, cursor, inline);
        _members.Add(watcher);
        return watcher;
    }

    public bool Remove(FeedWatcher watcher)
    {
        var index = watcher.Index;
        if (index >= _members.Count || !ReferenceEquals(_members[index], watcher))
            return false;
        _members[index] = _members[^1];
        _members[index].Index = index;
        _members.RemoveAt(_members.Count - 1);
        return true;
    }

    public void Schedule()
    {
        // One work item at a time; a wake-up that comes while it runs makes it run once more.
        if (Interlocked.Exchange(ref _state, ScheduledAgain) == Idle)
        {
            Volatile.Write(ref _state, Scheduled);
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    public void Execute()
    {
        do
        {
            Volatile.Write(ref _state, Scheduled);
            WakeMembers();
        }
        while (Interlocked.CompareExchange(ref _state, Idle, Scheduled) != Scheduled);
    }

    private void WakeMembers()
    {
        var count = 0;
        lock (gate)
        {
            foreach (var member in _members)
            {
                if (member.StopWaiting())
                    _waking[count++] = member;
            }
        }

        for (var i = 0; i < count; i++)
        {
            _waking[i].Complete();
            _waking[i] = null!;
        }
    }
}

namespace ProgressHub.Workloads.Knowledge.Collections;

/// <summary>Those who are reading something that is to be taken away: it is, once the last of them has finished.</summary>
internal sealed class Readers
{
    private readonly TaskCompletionSource _none = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // One is ours, until it is retired.
    private int _count = 1;

    /// <summary>Begins to read; null where it is retired already.</summary>
    public IDisposable? Enter()
    {
        for (var count = Volatile.Read(ref _count); count > 0; count = Volatile.Read(ref _count))
        {
            if (Interlocked.CompareExchange(ref _count, count + 1, count) == count)
                return new Reading(this);
        }

        return null;
    }

    /// <summary>Nobody may begin any more; returns when nobody reads. Once.</summary>
    public Task RetireAsync()
    {
        Leave();
        return _none.Task;
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _count) == 0)
            _none.SetResult();
    }

    private sealed class Reading(Readers readers) : IDisposable
    {
        private Readers? _readers = readers;

        public void Dispose() => Interlocked.Exchange(ref _readers, null)?.Leave();
    }
}

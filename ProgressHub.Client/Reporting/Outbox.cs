namespace ProgressHub.Client.Reporting;

/// <summary>
/// What is still to be sent, in order. Progress that later progress makes worthless is replaced in place, so that only
/// lines, stages and pieces take room; there is a bound on them.
/// </summary>
internal sealed class Outbox(int capacity)
{
    private const int MostUpdates = 1000;
    private const int MostBytes = 512 * 1024;

    private readonly Lock _gate = new();
    private readonly LinkedList<WireUpdate> _waiting = [];
    private TaskCompletionSource _changed = NewSignal();
    private TaskCompletionSource _sent = NewSignal();
    private long _dropped;
    private long _added;
    private long _settled;
    private long _taken;

    /// <summary>Adds one; false where there is no room, and then it counts as dropped where it was a line.</summary>
    public bool TryAdd(WireUpdate update)
    {
        lock (_gate)
        {
            if (update.IsProgress && _waiting.Last is { Value: { IsProgress: true } last })
            {
                _waiting.Last.Value = Merge(last, update);
                return true;
            }

            // Stages are few, and what follows one makes no sense without it.
            if (_waiting.Count >= capacity && update.Stage is null)
            {
                if (update.Log is not null)
                    _dropped++;
                return false;
            }

            _waiting.AddLast(update);
            _added++;
            Pulse(ref _changed);
            return true;
        }
    }

    /// <summary>The next batch; empty where nothing waits.</summary>
    public List<WireUpdate> Take()
    {
        lock (_gate)
        {
            List<WireUpdate> batch = [];
            for (var bytes = 0; _waiting.First is { Value: var next } && batch.Count < MostUpdates; _waiting.RemoveFirst())
            {
                bytes += next.Size;
                if (batch.Count > 0 && bytes > MostBytes)
                    break;
                batch.Add(next);
            }

            _taken += batch.Count;
            if (_dropped > 0 && _waiting.Count == 0)
            {
                batch.Add(new WireUpdate
                {
                    Log = new WireLine(
                        Jobs.JobLogLevel.Warning, string.Create(null, $"{_dropped} lines were dropped while the server was away"), null, null),
                });
                _dropped = 0;
            }

            return batch;
        }
    }

    /// <summary>What was taken is on disk, or was refused.</summary>
    public void Settle()
    {
        lock (_gate)
        {
            _settled = _taken;
            Pulse(ref _sent);
        }
    }

    /// <summary>Whether something waits that is not mere progress; otherwise completes once that may have changed.</summary>
    public Task? UntilUrgent()
    {
        lock (_gate)
            return _waiting.Any(update => !update.IsProgress) ? null : _changed.Task;
    }

    /// <summary>Whether something waits; otherwise completes once that may have changed.</summary>
    public Task? UntilAny()
    {
        lock (_gate)
            return _waiting.Count > 0 ? null : _changed.Task;
    }

    /// <summary>Completes once all that was added before has been settled.</summary>
    public async Task UntilSettledAsync(CancellationToken cancellationToken)
    {
        long wanted;
        lock (_gate)
            wanted = _added;
        while (true)
        {
            Task sent;
            lock (_gate)
            {
                if (_settled >= wanted)
                    return;
                sent = _sent.Task;
            }

            await sent.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Completes once a batch has gone, and there may be room.</summary>
    public Task UntilSent()
    {
        lock (_gate)
            return _sent.Task;
    }

    /// <summary>Wakes whoever sends.</summary>
    public void Nudge()
    {
        lock (_gate)
            Pulse(ref _changed);
    }

    private static WireUpdate Merge(WireUpdate earlier, WireUpdate later) =>
        later is { Fraction: null, Current: null, Total: null }
            ? earlier with { Message = later.Message ?? earlier.Message, Unit = later.Unit ?? earlier.Unit }
            : later with { Message = later.Message ?? earlier.Message };

    private static void Pulse(ref TaskCompletionSource signal)
    {
        signal.TrySetResult();
        signal = NewSignal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

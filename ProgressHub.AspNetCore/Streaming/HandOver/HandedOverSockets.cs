namespace ProgressHub.AspNetCore.Streaming.HandOver;

/// <summary>
/// The sockets that have left the server, which knows nothing of them: they count among its connections here, and its stop
/// waits for them here.
/// </summary>
internal sealed class HandedOverSockets(TimeProvider time)
{
    // Streams end within a second of the stop; this is for those whose client does not take the end.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly HashSet<HandedOverSocket> _sockets = [];
    private int _connections;
    private TaskCompletionSource? _emptied;

    public TimeProvider Time => time;

    /// <summary>How many connections are open, handed over or not.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>How many have been handed over and are open.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _sockets.Count;
        }
    }

    /// <summary>A connection was accepted.</summary>
    public void Enter() => Interlocked.Increment(ref _connections);

    /// <summary>One that was not handed over has ended.</summary>
    public void Exit() => Interlocked.Decrement(ref _connections);

    /// <summary>One was handed over.</summary>
    public void Add(HandedOverSocket socket)
    {
        lock (_gate)
            _sockets.Add(socket);
    }

    /// <summary>One that was handed over has ended.</summary>
    public void Remove(HandedOverSocket socket)
    {
        Exit();
        lock (_gate)
        {
            if (_sockets.Remove(socket) && _sockets.Count == 0)
                _emptied?.TrySetResult();
        }
    }

    /// <summary>Waits until all have ended; those that do not are cut off.</summary>
    public async Task EndAsync()
    {
        Task emptied;
        lock (_gate)
        {
            if (_sockets.Count == 0)
                return;
            _emptied ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            emptied = _emptied.Task;
        }

        try
        {
            await emptied.WaitAsync(Patience, time);
        }
        catch (TimeoutException)
        {
            HandedOverSocket[] left;
            lock (_gate)
                left = [.. _sockets];
            foreach (var socket in left)
                socket.Abort();
        }
    }
}

using System.Diagnostics.CodeAnalysis;

namespace ProgressHub.Core.Uploads;

/// <summary>One upload while it is under way: how far it is, whose turn it is to send, and how it ends.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore is only ever awaited; it holds no handle.")]
internal sealed class LiveUpload(TimeProvider time)
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<StoredFile> _whole = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource? _sender;
    private int _waiting;
    private long _lastByteAt = time.GetTimestamp();
    private long _received;
    private long _expected;
    private long _sharedTurn;

    /// <summary>Told after each piece, by whoever sends; quick, and never throws.</summary>
    public event Action? Advanced;

    /// <summary>Completes with the file once it is whole; fails with an <see cref="UploadException"/> where it never will be.</summary>
    public Task<StoredFile> Whole => _whole.Task;

    /// <summary>How many bytes have come, at least.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>How many bytes will come, where its sender's request lets us guess; else 0.</summary>
    public long Expected
    {
        get => Interlocked.Read(ref _expected);
        set => Interlocked.Exchange(ref _expected, value);
    }

    /// <summary>The number of this node's turn in the store, while it has it; else 0.</summary>
    public long SharedTurn
    {
        get => Interlocked.Read(ref _sharedTurn);
        set => Interlocked.Exchange(ref _sharedTurn, value);
    }

    /// <summary>How long no byte has come.</summary>
    public TimeSpan Idle => time.GetElapsedTime(Interlocked.Read(ref _lastByteAt));

    public void Advance(long received)
    {
        Interlocked.Exchange(ref _received, received);
        Interlocked.Exchange(ref _lastByteAt, time.GetTimestamp());
        Advanced?.Invoke();
    }

    public void Complete(StoredFile file) => _whole.TrySetResult(file);

    public void Break(UploadException why)
    {
        _whole.TrySetException(why);
        _ = _whole.Task.Exception;
        Interrupt();
    }

    /// <summary>
    /// Ends whoever sends now. A sender whose connection broke may come back before we notice that it did, and must not
    /// find itself locked out by its own past.
    /// </summary>
    public void Interrupt()
    {
        CancellationTokenSource? sender;
        lock (_gate)
            sender = _sender;

        // Not under the lock: whatever the sender hung on the token runs in here.
        sender?.Cancel();
    }

    /// <summary>Waits until nobody sends, after having told whoever does to stop; dispose what is returned.</summary>
    public async Task<Turn> TakeTurnAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
            _waiting++;
        var taken = false;
        try
        {
            Interrupt();
            await _turn.WaitAsync(cancellationToken);
            taken = true;
        }
        finally
        {
            if (!taken)
            {
                lock (_gate)
                    _waiting--;
            }
        }

        return Begin();
    }

    private Turn Begin()
    {
        // Never disposed: it has no timer, and whoever interrupts may still hold it.
        var sender = new CancellationTokenSource();
        bool isTakenOver;
        lock (_gate)
        {
            _sender = sender;
            isTakenOver = --_waiting > 0;
        }

        // Whoever waits now came later, and told only the sender before this one.
        if (isTakenOver)
            sender.Cancel();
        return new Turn(this, sender.Token);
    }

    internal sealed class Turn(LiveUpload upload, CancellationToken interrupted) : IDisposable
    {
        /// <summary>Canceled when another request takes over, or the upload is over.</summary>
        public CancellationToken Interrupted => interrupted;

        public void Dispose()
        {
            lock (upload._gate)
                upload._sender = null;
            upload._turn.Release();
        }
    }
}

using System.Diagnostics.CodeAnalysis;

namespace ProgressHub.Core.Execution;

/// <summary>Whether an attempt was told to stop, and why. The first reason counts.</summary>
[SuppressMessage("Design", "CA1001", Justification =
    "The source has no timer; a handler that was given up may still hold its token, which must go on working.")]
internal sealed class StopRequest
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _made = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isCancel;
    private int _reason;

    /// <summary>Canceled once it is made.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Completes once it is made.</summary>
    public Task Made => _made.Task;

    /// <summary>Why; none where it was not made.</summary>
    public StopReason Reason => (StopReason)Volatile.Read(ref _reason);

    /// <summary>Makes it; does not wait for anything.</summary>
    public void Make(StopReason reason)
    {
        if (Interlocked.CompareExchange(ref _reason, (int)reason, (int)StopReason.None) != (int)StopReason.None)
            return;
        _made.TrySetResult();

        // What handlers registered on the token runs on another thread: it may block or throw.
        _ = Task.Run(_stop.Cancel);
    }

    /// <summary>Notes that somebody canceled the job, once.</summary>
    /// <param name="tell">Puts it into the log; false where that takes no more.</param>
    /// <returns>False where the attempt is over already.</returns>
    public bool TryCancel(Func<bool> tell)
    {
        lock (_gate)
            return _isCancel || (_isCancel = tell());
    }

    /// <summary>Does one of two things, depending on whether somebody canceled the job; nobody does in between.</summary>
    public void Decide(Action whereCanceled, Action whereNot)
    {
        lock (_gate)
        {
            if (_isCancel)
                whereCanceled();
            else
                whereNot();
        }
    }
}

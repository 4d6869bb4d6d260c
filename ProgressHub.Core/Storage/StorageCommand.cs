namespace ProgressHub.Core.Storage;

/// <summary>Something to do on a session, and somebody who waits for its outcome.</summary>
internal abstract class StorageCommand(int events, long bytes)
{
    private int _begun;

    /// <summary>How many events it appends.</summary>
    public int Events => events;

    /// <summary>About how many bytes it holds.</summary>
    public long Bytes => bytes;

    /// <summary>The append it is, where it is one: a database may write several together.</summary>
    public PreparedAppend? Append { get; init; }

    /// <summary>True exactly once, unless it was cancelled before; then it must not run.</summary>
    public bool TryBegin() => Interlocked.Exchange(ref _begun, 1) == 0;

    /// <summary>Does it and keeps the outcome to itself. May run again after a rollback.</summary>
    public abstract void Execute(SqlSession session);

    /// <summary>Tells who waits that it is done and, for a write, on disk.</summary>
    public abstract void Succeed();

    /// <summary>Tells who waits that nothing of it happened.</summary>
    public abstract void Fail(Exception exception);

    /// <summary>Withdraws it, where it has not begun.</summary>
    public void Cancel(CancellationToken cancellationToken)
    {
        if (TryBegin())
            Withdraw(cancellationToken);
    }

    protected abstract void Withdraw(CancellationToken cancellationToken);
}

/// <inheritdoc/>
internal sealed class StorageCommand<T>(Func<SqlSession, T> body, int events = 0, long bytes = 0)
    : StorageCommand(events, bytes)
{
    // Whoever waits must never run on a storage thread: it would hold up every other command.
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _outcome;

    public Task<T> Completion => _completion.Task;

    public override void Execute(SqlSession session) => _outcome = body(session);

    public override void Succeed() => _completion.TrySetResult(_outcome!);

    public override void Fail(Exception exception) => _completion.TrySetException(exception);

    protected override void Withdraw(CancellationToken cancellationToken) =>
        _completion.TrySetCanceled(cancellationToken);
}

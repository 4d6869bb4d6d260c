using System.Data.Common;

namespace ProgressHub.Core.Sqlite;

/// <summary>Something to do on a connection, and somebody who waits for its outcome.</summary>
internal abstract class DatabaseWork<TConnection>
    where TConnection : DbConnection
{
    private int _begun;

    /// <summary>True exactly once, unless it was withdrawn before; then it must not run.</summary>
    public bool TryBegin() => Interlocked.Exchange(ref _begun, 1) == 0;

    /// <summary>Does it and keeps the outcome to itself.</summary>
    public abstract void Execute(TConnection connection);

    /// <summary>Tells who waits that it is done and, for a write, on disk.</summary>
    public abstract void Succeed();

    /// <summary>Tells who waits that nothing of it happened.</summary>
    public abstract void Fail(Exception exception);
}

/// <inheritdoc/>
internal sealed class DatabaseWork<TConnection, T>(Func<TConnection, T> body) : DatabaseWork<TConnection>
    where TConnection : DbConnection
{
    // Whoever waits must never run on the database's thread: it would hold up everybody else's work.
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _outcome;

    public override void Execute(TConnection connection) => _outcome = body(connection);

    public override void Succeed() => _completion.TrySetResult(_outcome!);

    public override void Fail(Exception exception) => _completion.TrySetException(exception);

    /// <summary>The outcome; work that has not begun when the token is cancelled is withdrawn.</summary>
    public async Task<T> WaitAsync(CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((DatabaseWork<TConnection, T>)state!).Withdraw(token), this);
        return await _completion.Task;
    }

    private void Withdraw(CancellationToken cancellationToken)
    {
        if (TryBegin())
            _completion.TrySetCanceled(cancellationToken);
    }
}

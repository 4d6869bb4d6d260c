using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Sqlite;

/// <summary>
/// A thread with a connection of its own, opened when first needed. A database blocks, and a blocked thread of the pool is one
/// that serves nobody. After any failure the connection is dropped, with whatever state the failure left it in, and the
/// next work opens a fresh one: so a disk, or a server, that is well again needs no restart.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The thread that opens the connection also closes it.")]
internal sealed class DatabaseThread<TConnection>(
    string name, int capacity, string database, Func<TConnection> open, Func<Exception, string?> whyUnavailable)
    where TConnection : DbConnection
{
    // Taken from by a thread that may block, so that waking it needs none of the pool.
    private readonly BlockingCollection<DatabaseWork<TConnection>> _queue = new(capacity);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private bool _started;

    // From here on: the thread only.
    private TConnection? _connection;

    /// <summary>Done once the queue has been closed, all it held is answered and the connection is closed.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Does something on the thread.</summary>
    /// <param name="body">What to do.</param>
    /// <param name="cancellationToken">Withdraws it as long as it has not begun.</param>
    /// <exception cref="StorageUnavailableException">The queue is full, or the database can't be used now.</exception>
    /// <exception cref="StorageClosedException">It was closed.</exception>
    public async Task<T> RunAsync<T>(Func<TConnection, T> body, CancellationToken cancellationToken)
    {
        var work = new DatabaseWork<TConnection, T>(body);
        lock (_gate)
        {
            if (_queue.IsAddingCompleted)
                throw new StorageClosedException($"{database} is closed.");
            if (!_queue.TryAdd(work))
                throw new StorageUnavailableException($"{capacity} operations wait for {database} already.");
            if (!_started)
                new Thread(Run) { Name = name, IsBackground = true }.Start();
            _started = true;
        }

        return await work.WaitAsync(cancellationToken);
    }

    /// <summary>Takes no more work; what waits is still done.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _queue.CompleteAdding();
            if (!_started)
                _ended.TrySetResult();
        }
    }

    private void Run()
    {
        foreach (var work in _queue.GetConsumingEnumerable())
        {
            if (work.TryBegin())
                Answer(work);
        }

        Drop();
        _ended.SetResult();
    }

    private void Answer(DatabaseWork<TConnection> work)
    {
        // One that broke while nobody used it may be closed by now, and the database be well again.
        if (_connection is { State: not ConnectionState.Open })
            Drop();
        try
        {
            work.Execute(_connection ??= open());
        }
        catch (Exception exception)
        {
            Drop();
            work.Fail(Translate(exception));
            return;
        }

        work.Succeed();
    }

    // Users may see it: it names the database, and no folder of the server.
    private Exception Translate(Exception exception) => (exception, whyUnavailable(exception)) switch
    {
        (_, null) => exception,
        (DbException, var reason) => new StorageUnavailableException($"{database} can't be used now: {reason}", exception),
        _ => new StorageUnavailableException($"{database} can't be used now.", exception),
    };

    private void Drop()
    {
        try
        {
            _connection?.Dispose();
        }
        catch (Exception)
        {
            // What was not committed is rolled back when it is opened next, and nobody was told that it was.
        }

        _connection = null;
    }
}

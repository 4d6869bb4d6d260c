using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>
/// A few threads that read, each with a connection of its own. Their calls block on the disk, and a blocked thread of
/// the pool is one that serves nobody.
/// </summary>
internal sealed class ReaderThreads(SqlDialect dialect, CommandQueue queue, int count)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _finished;

    /// <summary>Done once all reads that were queued when the queue closed are answered.</summary>
    public Task Ended => _ended.Task;

    public void Start()
    {
        for (var i = 1; i <= count; i++)
            new Thread(Run) { Name = $"Storage reader {i}", IsBackground = true }.Start();
    }

    private void Run()
    {
        SqlSession? session = null;
        while (queue.Take(out var command))
        {
            if (command.TryBegin())
                Answer(command, ref session);
        }

        Drop(ref session);
        if (Interlocked.Increment(ref _finished) == count)
            _ended.SetResult();
    }

    private void Answer(StorageCommand command, ref SqlSession? session)
    {
        if (session is { IsBroken: true })
            Drop(ref session);
        var isFresh = session is null;
        try
        {
            session ??= new SqlSession(dialect.OpenReader(), dialect);
            command.Execute(session);
        }
        catch (Exception exception)
        {
            Drop(ref session);
            var reason = dialect.WhyUnavailable(exception);

            // A connection may break while nobody uses it, and the database be well again.
            if (reason is not null && !isFresh)
                Answer(command, ref session);
            else
                command.Fail(reason is null ? exception : new StorageUnavailableException(reason, exception));
            return;
        }

        command.Succeed();
    }

    private static void Drop(ref SqlSession? session)
    {
        try
        {
            session?.Dispose();
        }
        catch (Exception)
        {
            // It only read: there is nothing to lose, and the next read opens another.
        }

        session = null;
    }
}

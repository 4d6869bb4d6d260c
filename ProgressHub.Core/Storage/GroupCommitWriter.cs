using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Sqlite;

namespace ProgressHub.Core.Storage;

/// <summary>
/// The one thread that writes. Whatever arrives while a commit is on its way to the disk goes into the next one
/// together: nobody waits for a timer, and the more callers there are the less each commit costs them.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The thread that opens the session also closes it.")]
internal sealed partial class GroupCommitWriter(SqlDialect dialect, CommandQueue queue, TimeProvider time, ILogger logger)
{
    private const int MaxCommandsPerCommit = 1024;
    private const int MaxEventsPerCommit = 1024;
    private const long MaxBytesPerCommit = 8 * 1024 * 1024;

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // From here on: the writer thread only.
    private readonly List<StorageCommand> _batch = [];
    private SqlSession? _session;
    private string? _unavailable;

    /// <summary>Done once the queue has been closed, all it held is on disk and the connection is closed.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Starts the thread; done once the schema is the one this code knows.</summary>
    public Task StartAsync(SchemaMigrator migrator)
    {
        new Thread(() => Run(migrator)) { Name = "Storage writer", IsBackground = true }.Start();
        return _ready.Task;
    }

    private void Run(SchemaMigrator migrator)
    {
        if (TryPrepare(migrator))
        {
            while (queue.Take(out var first))
            {
                Gather(first);
                if (_batch.Count > 0)
                    Commit(_batch);
                _batch.Clear();
            }
        }

        Close();
        _ended.SetResult();
    }

    private bool TryPrepare(SchemaMigrator migrator)
    {
        try
        {
            _session = new SqlSession(dialect.OpenWriter(), dialect);
            dialect.Prepare(_session.Connection, connection => migrator.Migrate(connection));
            new StartRepairs(dialect, time, logger).Run(_session);
            _ready.SetResult();
            return true;
        }
        catch (Exception exception)
        {
            _ready.SetException(dialect.WhyUnavailable(exception) is { } reason
                ? new StorageUnavailableException($"{dialect.Location}: {reason}", exception)
                : exception);
            return false;
        }
    }

    /// <summary>Takes what waits, as far as a commit stays short.</summary>
    private void Gather(StorageCommand first)
    {
        var (events, bytes) = (0, 0L);
        for (var next = first; next is not null;)
        {
            if (next.TryBegin())
                _batch.Add(next);
            events += next.Events;
            bytes += next.Bytes;
            queue.TryTake(Fits, out next);
        }

        bool Fits(StorageCommand command) =>
            _batch.Count < MaxCommandsPerCommit &&
            events + command.Events <= MaxEventsPerCommit &&
            bytes + command.Bytes <= MaxBytesPerCommit;
    }

    private void Commit(IReadOnlyList<StorageCommand> batch)
    {
        if (_session is { IsBroken: true })
            DropSession();
        try
        {
            _session ??= new SqlSession(dialect.OpenWriter(), dialect);
            _session.Begin();
            dialect.Execute(_session, batch);
            _session.Commit();
        }
        catch (Exception exception)
        {
            Abandon();
            Explain(batch, exception);
            return;
        }

        foreach (var command in batch)
            command.Succeed();
        if (_unavailable is not null)
            LogAvailable(dialect.Location);
        _unavailable = null;
    }

    private void Explain(IReadOnlyList<StorageCommand> batch, Exception exception)
    {
        if (dialect.WhyUnavailable(exception) is { } reason)
        {
            if (_unavailable != reason)
                LogUnavailable(exception, dialect.Location, reason);
            _unavailable = reason;
            foreach (var command in batch)
                command.Fail(new StorageUnavailableException(reason, exception));
        }
        else if (batch.Count == 1)
        {
            LogFailed(exception);
            batch[0].Fail(exception);
        }
        else
        {
            // One command is at fault and nothing of any is written. Each on its own, so that only that one fails.
            foreach (var command in batch)
                Commit([command]);
        }
    }

    /// <summary>
    /// Rolls back and drops the connection: whatever state the failure left it in goes with it, and the next batch
    /// opens a fresh one, which is how the store recovers without a restart.
    /// </summary>
    private void Abandon()
    {
        try
        {
            _session?.Rollback();
        }
        catch (Exception)
        {
            // The database has rolled back by itself, or will when the connection closes.
        }

        DropSession();
    }

    private void Close()
    {
        try
        {
            if (_session is not null)
                dialect.BeforeClose(_session);
        }
        catch (Exception exception)
        {
            LogUntidyClose(exception, dialect.Location);
        }

        DropSession();
    }

    private void DropSession()
    {
        try
        {
            _session?.Dispose();
        }
        catch (Exception exception)
        {
            LogUntidyClose(exception, dialect.Location);
        }

        _session = null;
    }

    [LoggerMessage(LogLevel.Error, "The store at {Location} can't take writes: {Reason}")]
    private partial void LogUnavailable(Exception exception, string location, string reason);

    [LoggerMessage(LogLevel.Information, "The store at {Location} takes writes again.")]
    private partial void LogAvailable(string location);

    [LoggerMessage(LogLevel.Error, "A write failed and was rolled back; others are not affected.")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(LogLevel.Warning, "The store at {Location} did not close tidily; the next start recovers it.")]
    private partial void LogUntidyClose(Exception exception, string location);
}

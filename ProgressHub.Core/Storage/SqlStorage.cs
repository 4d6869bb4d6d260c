using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Sqlite;

namespace ProgressHub.Core.Storage;

/// <summary>
/// The database as the store and the log use it: writes through one thread, reads through a few. Closing it drains what
/// was queued, within five seconds.
/// </summary>
internal sealed partial class SqlStorage : IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan CloseWithin = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly CommandQueue _writes;
    private readonly CommandQueue _reads;
    private readonly GroupCommitWriter _writer;
    private readonly ReaderThreads _readers;
    private readonly SchemaMigrator _migrator;
    private readonly ILogger _logger;
    private IDisposable? _possession;
    private Task? _initialized;
    private Task? _closed;

    public SqlStorage(
        SqlDialect dialect, StorageOptions options, IMeterFactory? meters, TimeProvider time,
        ILogger<SqlStorage> logger)
    {
        Dialect = dialect;
        Time = time;
        _logger = logger;
        _writes = new CommandQueue(options.QueueCapacity, options.QueueBytes);
        _reads = new CommandQueue(options.QueueCapacity, options.QueueBytes);
        _writer = new GroupCommitWriter(dialect, _writes, time, logger);
        _readers = new ReaderThreads(dialect, _reads, options.Readers);
        _migrator = new SchemaMigrator(dialect.Migrations, dialect.Location, time, logger);
        Metrics = new StorageMetrics(meters, () => _writes.Count);
    }

    public SqlDialect Dialect { get; }

    public TimeProvider Time { get; }

    public StorageMetrics Metrics { get; }

    /// <summary>Done once the writing connection is closed, also where closing did not wait for it.</summary>
    public Task WriterEnded => _writer.Ended;

    /// <summary>Takes possession of the database, migrates it and starts the threads; once only.</summary>
    public Task InitializeAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed is not null, this);
            return (_initialized ??= StartAsync()).WaitAsync(cancellationToken);
        }
    }

    /// <summary>Writes, once there is room in the queue; returns when it is on disk.</summary>
    /// <param name="body">What to do; it may run again after a rollback.</param>
    /// <param name="events">How many events it appends.</param>
    /// <param name="bytes">About how much it writes.</param>
    /// <param name="cancellationToken">Withdraws the write as long as it has not begun.</param>
    public async Task<T> WriteAsync<T>(
        Func<SqlSession, T> body, int events, long bytes, CancellationToken cancellationToken)
    {
        RequireInitialized();
        var command = new StorageCommand<T>(body, events, bytes);
        await _writes.AddAsync(command, cancellationToken);
        return await AwaitAsync(command, cancellationToken);
    }

    /// <summary>Refuses what is under way while the disk is nearly full; ends, cancels and removals do not ask.</summary>
    /// <exception cref="StorageUnavailableException">It is.</exception>
    public void RequireRoom()
    {
        if (Dialect.Room is { IsNearlyFull: true })
            throw DiskFull();
    }

    /// <summary>Appends events to a job's log, once there is room in the queue; returns when they are on disk.</summary>
    public async Task<AppendOutcome> AppendAsync(PreparedAppend append, CancellationToken cancellationToken)
    {
        RequireInitialized();
        var command = new StorageCommand<AppendOutcome>(append.Execute, append.Events, append.Bytes) { Append = append };
        await _writes.AddAsync(command, cancellationToken);
        return await AwaitAsync(command, cancellationToken);
    }

    /// <summary>Writes something new, unless the queue is full or the disk has little room.</summary>
    /// <exception cref="StorageUnavailableException">It is full, or the database can't take the write.</exception>
    public async Task<T> WriteIfRoomAsync<T>(
        Func<SqlSession, T> body, int events, long bytes, CancellationToken cancellationToken)
    {
        RequireInitialized();
        if (Dialect.Room is { IsLow: true })
            throw DiskFull();
        var command = new StorageCommand<T>(body, events, bytes);
        if (!_writes.TryAdd(command))
            throw new StorageUnavailableException("The store's queue is full.");
        return await AwaitAsync(command, cancellationToken);
    }

    /// <summary>Reads on one of the reading threads.</summary>
    public async Task<T> ReadAsync<T>(Func<SqlSession, T> body, CancellationToken cancellationToken)
    {
        RequireInitialized();
        var command = new StorageCommand<T>(body);
        await _reads.AddAsync(command, cancellationToken);
        return await AwaitAsync(command, cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        lock (_gate)
            return new ValueTask(_closed ??= CloseAsync());
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static StorageUnavailableException DiskFull() => new("The server's disk is nearly full.");

    private static async Task<T> AwaitAsync<T>(StorageCommand<T> command, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((StorageCommand)state!).Cancel(token), command);
        return await command.Completion;
    }

    private async Task StartAsync()
    {
        _possession = Dialect.TakePossession();
        try
        {
            await _writer.StartAsync(_migrator);
        }
        catch
        {
            await _writer.Ended;
            _possession?.Dispose();
            throw;
        }

        _readers.Start();
        LogOpened(Dialect.Location);
    }

    private async Task CloseAsync()
    {
        _reads.Close();
        _writes.Close();
        if (_initialized is not null)
        {
            // A start that failed has told its caller why, and has cleaned up; here it only must be over.
            await _initialized.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_initialized.IsCompletedSuccessfully)
                await DrainAsync();
        }

        Metrics.Dispose();
    }

    private async Task DrainAsync()
    {
        try
        {
            await Task.WhenAll(_readers.Ended, _writer.Ended).WaitAsync(CloseWithin, Time);
            _possession?.Dispose();
        }
        catch (TimeoutException)
        {
            // The writer hangs in a call of the operating system, and until that returns, or the process ends, the
            // database is not free for anyone else.
            LogStuck(Dialect.Location);
            Refuse(_writes);
            Refuse(_reads);
            _ = _writer.Ended.ContinueWith(_ => _possession?.Dispose(), TaskScheduler.Default);
        }
    }

    private static void Refuse(CommandQueue queue)
    {
        while (queue.TryTake(_ => true, out var command))
        {
            if (command.TryBegin())
                command.Fail(new StorageClosedException("The store closed before it could do this."));
        }
    }

    private void RequireInitialized()
    {
        if (_initialized is not { IsCompletedSuccessfully: true })
            throw new InvalidOperationException("The store is not ready: call InitializeAsync first, and await it.");
    }

    [LoggerMessage(LogLevel.Information, "The jobs are kept at {Location}.")]
    private partial void LogOpened(string location);

    [LoggerMessage(LogLevel.Error, "The store at {Location} did not close in time; what waited was refused.")]
    private partial void LogStuck(string location);
}

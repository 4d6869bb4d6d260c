using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using ProgressHub.Core.Files;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Sqlite;

/// <summary>
/// A database of its own beside the jobs': one thread writes, one reads, and neither the caller's nor the pool's threads
/// ever block on the disk. Opened, and brought to its schema, when first used. A failure drops the connection that had it,
/// so that it serves again as soon as the disk does.
/// </summary>
public sealed class SqliteDatabase : IDisposable, IAsyncDisposable
{
    /// <summary>How many operations may wait for each of the two threads; one more is refused.</summary>
    public const int QueueCapacity = 1024;

    private static readonly TimeSpan CloseWithin = TimeSpan.FromSeconds(5);

    private readonly SchemaMigrator _migrator;
    private readonly DatabaseThread<SqliteConnection> _writer;
    private readonly DatabaseThread<SqliteConnection> _reader;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private UncleanStop? _left;
    private volatile bool _isReady;
    private int _givesBack;

    /// <summary>A database that is not opened yet.</summary>
    /// <param name="file">Where it is.</param>
    /// <param name="schema">Its schema, as <see cref="MigrationScripts"/> reads it.</param>
    /// <param name="time">Dates the steps of the schema.</param>
    /// <param name="logger">Is told of each step.</param>
    public SqliteDatabase(SqliteFile file, IReadOnlyList<MigrationScript> schema, TimeProvider time, ILogger logger)
    {
        File = file;
        (_time, _logger) = (time, logger);
        _migrator = new SchemaMigrator(schema, file.Path, time, logger);
        var name = Path.GetFileName(file.Path);
        _writer = new DatabaseThread<SqliteConnection>($"{name} writer", QueueCapacity, name, OpenWriter, SqliteOutage.Explain);
        _reader = new DatabaseThread<SqliteConnection>($"{name} reader", QueueCapacity, name, file.OpenReader, SqliteOutage.Explain);
    }

    /// <summary>Where it is.</summary>
    public SqliteFile File { get; }

    /// <summary>Whether to go on with what can be read where it is damaged after a stop that did not close it; else nothing opens it.</summary>
    public bool AcceptDataLoss { get; init; }

    /// <summary>Whether its disk has room; null where nobody asks.</summary>
    public DiskRoom? Room { get; init; }

    /// <summary>Opens it before it is used.</summary>
    /// <exception cref="InvalidOperationException">It was not closed, is damaged, and the loss is not accepted.</exception>
    /// <exception cref="StorageUnavailableException">The file can't be used now.</exception>
    internal Task OpenAsync(CancellationToken cancellationToken) => _writer.RunAsync(static _ => true, cancellationToken);

    /// <summary>Reads. What was written before, by anyone who was told so, is seen.</summary>
    /// <param name="body">What to read; it can't write.</param>
    /// <param name="cancellationToken">Withdraws it as long as it has not begun.</param>
    /// <exception cref="StorageUnavailableException">The file can't be read now, or too much waits already.</exception>
    public async Task<T> ReadAsync<T>(Func<SqliteConnection, T> body, CancellationToken cancellationToken)
    {
        // Whoever reads first finds the schema already.
        if (!_isReady)
            await OpenAsync(cancellationToken);
        return await _reader.RunAsync(body, cancellationToken);
    }

    /// <summary>Writes in one transaction: all of it, durable once this returns, or nothing.</summary>
    /// <param name="body">What to write.</param>
    /// <param name="cancellationToken">Withdraws it as long as it has not begun.</param>
    /// <exception cref="StorageUnavailableException">The file can't be written now, or too much waits already.</exception>
    public async Task<T> WriteAsync<T>(Func<SqliteConnection, T> body, CancellationToken cancellationToken)
    {
        var (outcome, hasFreePages) = await _writer.RunAsync(
            connection =>
            {
                // Not a SqliteTransaction: where a failure made SQLite roll back by itself, that one throws again on its way
                // out, and hides why. Whatever is left open here goes with the connection.
                Run(connection, "BEGIN IMMEDIATE");
                var result = body(connection);
                var more = FreePages.GiveBack(connection);
                Run(connection, "COMMIT");
                return (result, more);
            },
            cancellationToken);
        if (hasFreePages && Interlocked.Exchange(ref _givesBack, 1) == 0)
            _ = GiveBackAsync();
        return outcome;
    }

    /// <summary>The same for what makes the file grow, which waits as long as its disk has little room.</summary>
    /// <param name="body">What to write.</param>
    /// <param name="cancellationToken">Withdraws it as long as it has not begun.</param>
    /// <exception cref="StorageUnavailableException">There is little room, or as <see cref="WriteAsync"/>.</exception>
    public Task<T> AddAsync<T>(Func<SqliteConnection, T> body, CancellationToken cancellationToken) => Room is { IsLow: true }
        ? throw new StorageUnavailableException("The server's disk is nearly full.")
        : WriteAsync(body, cancellationToken);

    /// <summary>Takes no more work, does what waits and closes the file, within five seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await CloseAsync().WaitAsync(CloseWithin, _time);
        }
        catch (TimeoutException)
        {
            // A call of the operating system hangs; the process need not wait for it. What is committed is on disk.
        }
    }

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    // A slice a transaction, so that other writes come in between.
    private async Task GiveBackAsync()
    {
        try
        {
            while (await _writer.RunAsync(FreePages.GiveBack, CancellationToken.None))
            {
            }
        }
        catch (Exception failure) when (failure is StorageUnavailableException)
        {
            // The pages stay free, and are given back after a later write.
        }
        finally
        {
            Volatile.Write(ref _givesBack, 0);
        }
    }

    // The writer last: closing it carries the log over to the database file.
    private async Task CloseAsync()
    {
        _reader.Close();
        await _reader.Ended;
        _writer.Close();
        await _writer.Ended;
    }

    private SqliteConnection OpenWriter()
    {
        // Asked once: what a connection that was dropped leaves in the log is no unclean stop.
        _left ??= new UncleanStop(File.Path, AcceptDataLoss, _logger);
        var connection = File.OpenWriter();
        try
        {
            _left.Verify(connection);
            _migrator.Migrate(connection, EarlierVersion(connection));
            _isReady = true;
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // Before there was a table of versions, the number stood in the file's header, and still does.
    private static int EarlierVersion(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
